-- Lets the app into its database, and into nothing else. Run once by an Entra administrator of the server, with psql, after the
-- server and the identity were made; running it again changes nothing.
--
--   export PGPASSWORD=$(az account get-access-token --resource-type oss-rdbms --query accessToken --output tsv)
--   psql "host=<server>.postgres.database.azure.com dbname=postgres user=<administrator> sslmode=verify-full sslrootcert=system" \
--     --set app=<name of the app's managed identity> --set database=autoflow --file infra/postgres-role.sql
--
-- The app makes its tables itself at its first start, so it needs CREATE on the schema. It owns what it makes; it is no administrator.

\set ON_ERROR_STOP on

-- Entra principals are made in the database postgres: name, not an administrator, no multi-factor sign-in.
SELECT format('SELECT * FROM pgaadauth_create_principal(%L, false, false)', :'app')
WHERE NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = :'app') \gexec

GRANT CONNECT ON DATABASE :"database" TO :"app";

\connect :database

-- From PostgreSQL 15 on nobody but the owner may create anything in public without this.
GRANT USAGE, CREATE ON SCHEMA public TO :"app";
