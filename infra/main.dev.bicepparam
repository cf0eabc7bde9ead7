// Without azd: az deployment sub create --location westeurope --template-file infra/main.bicep --parameters infra/main.dev.bicepparam
using 'main.bicep'

param environmentName = 'autoflow-dev'
param location = readEnvironmentVariable('AZURE_LOCATION', 'westeurope')
param environmentType = 'dev'
param shopBaseUrl = readEnvironmentVariable('AUTOFLOW_SHOP_URL', 'https://example.myshopify.com')
param mailbox = readEnvironmentVariable('AUTOFLOW_MAILBOX', '')
param alertEmail = readEnvironmentVariable('AUTOFLOW_ALERT_EMAIL', '')
