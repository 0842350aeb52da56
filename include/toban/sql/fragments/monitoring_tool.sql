case
        when tool is null or trim(tool) = '' then null
        when regexp_matches(tool, 'datadog', 'i') then 'Datadog'
        when regexp_matches(tool, 'cloudwatch|\bAWS\b|amazon', 'i') then 'CloudWatch'
        when regexp_matches(tool, 'prometheus|alertmanager', 'i') then 'Prometheus'
        when regexp_matches(tool, 'grafana', 'i') then 'Grafana'
        when regexp_matches(tool, 'new ?relic', 'i') then 'New Relic'
        when regexp_matches(tool, 'zabbix', 'i') then 'Zabbix'
        when regexp_matches(tool, 'nagios', 'i') then 'Nagios'
        when regexp_matches(tool, 'sentry', 'i') then 'Sentry'
        when regexp_matches(tool, 'pingdom', 'i') then 'Pingdom'
        when regexp_matches(tool, 'dynatrace', 'i') then 'Dynatrace'
        when regexp_matches(tool, 'splunk', 'i') then 'Splunk'
        when regexp_matches(tool, 'stackdriver|google cloud', 'i') then 'Google Cloud Monitoring'
        when regexp_matches(tool, 'azure', 'i') then 'Azure Monitor'
        when regexp_matches(tool, 'mackerel', 'i') then 'Mackerel'
        when regexp_matches(tool, 'airflow', 'i') then 'Airflow'
        when regexp_matches(tool, '^e-?mail', 'i') then 'Email'
        else trim(tool)
    end