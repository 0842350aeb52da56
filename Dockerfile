# Airflow with exactly the locked packages, and Toban inside.
FROM apache/airflow:3.3.2-python3.12

COPY --chown=airflow:0 requirements.txt /opt/toban/requirements.txt
RUN uv pip install --no-cache --require-hashes -r /opt/toban/requirements.txt

COPY --chown=airflow:0 include /opt/toban/include
COPY --chown=airflow:0 dags /opt/toban/dags
COPY --chown=airflow:0 plugins /opt/toban/plugins
COPY --chown=airflow:0 runbooks /opt/toban/runbooks
ENV PYTHONPATH=/opt/toban/include
# The named volume takes its owner from this folder.
RUN mkdir -p /opt/toban/data
WORKDIR /opt/toban
