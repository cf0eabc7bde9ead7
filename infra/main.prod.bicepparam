// Without azd: az deployment sub create --location westeurope --template-file infra/main.bicep --parameters infra/main.prod.bicepparam
using 'main.bicep'

param environmentName = 'autoflow-prod'
param location = readEnvironmentVariable('AZURE_LOCATION', 'westeurope')
param environmentType = 'prod'
param shopBaseUrl = readEnvironmentVariable('AUTOFLOW_SHOP_URL', 'https://example.myshopify.com')
param mailbox = readEnvironmentVariable('AUTOFLOW_MAILBOX', 'support@example.com')
param privateNetworking = true
param modelLocation = readEnvironmentVariable('AUTOFLOW_MODEL_LOCATION', 'swedencentral') // has gpt-5-mini for the EU's data zone
param alertEmail = readEnvironmentVariable('AUTOFLOW_ALERT_EMAIL', 'operators@example.com')
param modelSpendPerDay = 30
param monthlyBudget = 1000
param budgetStartDate = readEnvironmentVariable('AUTOFLOW_BUDGET_START', '2026-12-01') // the month in which it is made; never changed afterwards

// They go into the vault; an empty one leaves there what it has. With private networking this is the only way from outside.
param shopAccessToken = readEnvironmentVariable('AUTOFLOW_SHOP_ACCESS_TOKEN', '')
param seventeenTrackApiKey = readEnvironmentVariable('AUTOFLOW_SEVENTEENTRACK_API_KEY', '')
param graphClientState = readEnvironmentVariable('AUTOFLOW_GRAPH_CLIENT_STATE', '')
