// Without azd: az deployment sub create --location westeurope --template-file infra/main.bicep --parameters infra/main.prod.bicepparam
using 'main.bicep'

param environmentName = 'autoflow-prod'
param location = readEnvironmentVariable('AZURE_LOCATION', 'westeurope')
param environmentType = 'prod'
param shopBaseUrl = readEnvironmentVariable('AUTOFLOW_SHOP_URL', 'https://example.myshopify.com')
param mailbox = readEnvironmentVariable('AUTOFLOW_MAILBOX', 'support@example.com')
param privateNetworking = true
param alertEmail = readEnvironmentVariable('AUTOFLOW_ALERT_EMAIL', 'operators@example.com')
param modelSpendPerDay = 30
param monthlyBudget = 1000
