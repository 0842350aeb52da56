-- Run once by PostgreSQL's image, when its data folder is new: the ledger's own database.
create database toban_ledger;
