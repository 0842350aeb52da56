"""Object storage for exports: by the Airflow connection that the address names, else by the environment."""

from urllib.parse import urlsplit

from toban.clients.warehouse.stores import Store, store_of_environment


def open_store(address: str) -> Store:
    """The store behind an address; ``s3://toban_export@bucket/toban`` names the connection toban_export.

    Raises what Airflow and the store's library do: a store may fail in ways of its own.
    """
    if urlsplit(address).username is None:
        return store_of_environment(address)
    from airflow.sdk import ObjectStoragePath  # noqa: PLC0415 - seconds to import, and absent outside Airflow

    path = ObjectStoragePath(address)
    return Store(path.fs, path.path)
