metadata description = 'AutoFlow on Azure. docs/deploy.md goes through it step by step.'

targetScope = 'subscription'

// ---- Which one, and where -------------------------------------------------------------------------------------------

@description('The azd environment, for example autoflow-dev. Names and tags come from it.')
@minLength(1)
@maxLength(40)
param environmentName string

@description('A region with Flex Consumption and, where used, Durable Task Scheduler.')
@minLength(1)
@metadata({ azd: { type: 'location' } })
param location string

@description('dev is small and cheap; prod outlives a zone. Each size below can be set by itself as well.')
@allowed(['dev', 'prod'])
param environmentType string = 'dev'

@description('Tags of every resource, beside azd-env-name.')
param tags object = {}

// ---- The app --------------------------------------------------------------------------------------------------------

@description('The shop\'s address without a path, https.')
@minLength(1)
param shopBaseUrl string

@description('What an order number looks like, a regular expression; empty for the default.')
param shopOrderNumberPattern string = ''

@description('The mailbox that is read and answered from. Empty: no mail is read, and replies are only recorded.')
param mailbox string = ''

@description('Further settings of the app by name, for example { Workflows__LifecycleEvents: \'workflow\' }. Never secrets.')
param appSettings object = {}

@description('Secrets that workflows use, by the part after Secrets__, for example [\'crm\', \'erp__token\']. Their values go into the vault as workflow-crm, workflow-erp-token.')
param workflowSecrets string[] = []

@description('Written to the vault when given; otherwise set it there by hand (docs/deploy.md).')
@secure()
param shopAccessToken string = ''

@description('Written to the vault when given; otherwise set it there by hand.')
@secure()
param seventeenTrackApiKey string = ''

@description('Written to the vault when given; otherwise set it there by hand.')
@secure()
param graphClientState string = ''

// ---- Sizes of the function app --------------------------------------------------------------------------------------

@description('Memory of an instance in MB; computing is paid by it.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('Instances of one function or group at most. HTTP, durable state and each queue scale by themselves, so all together may be eight times as many, and one for each timer.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = environmentType == 'prod' ? 20 : 1

@description('Instances that never sleep. Two in prod keep calls and workflows from ever waiting for a start.')
param alwaysReady { name: string, instanceCount: int }[] = environmentType == 'prod'
  ? [
      { name: 'http', instanceCount: 1 }
      { name: 'durable', instanceCount: 1 }
    ]
  : []

@description('Calls of HTTP functions that one instance takes at a time; 0 leaves it to the platform.')
@minValue(0)
@maxValue(1000)
param httpConcurrency int = 0

@description('Copies of the storage account.')
@allowed(['Standard_LRS', 'Standard_ZRS'])
param storageSku string = environmentType == 'prod' ? 'Standard_ZRS' : 'Standard_LRS'

// ---- Durable state --------------------------------------------------------------------------------------------------

@description('Where workflows keep their state. It cannot be moved: changing it leaves running workflows behind. The build must be told the same (DurableBackend).')
@allowed(['DurableTaskScheduler', 'AzureStorage'])
param durableBackend string = 'AzureStorage'

@description('Consumption is paid by action, Dedicated by capacity unit.')
@allowed(['Consumption', 'Dedicated'])
param schedulerSku string = 'Consumption'

@description('Capacity units of Dedicated; three make it zone-redundant.')
@minValue(1)
@maxValue(3)
param schedulerCapacity int = 1

@description('The task hub. Another name begins with empty state.')
param taskHub string = 'AutoFlow'

// ---- PostgreSQL -----------------------------------------------------------------------------------------------------

@description('The size of the server.')
param postgresSku string = environmentType == 'prod' ? 'Standard_D2ds_v5' : 'Standard_B1ms'

@allowed(['Burstable', 'GeneralPurpose', 'MemoryOptimized'])
param postgresTier string = environmentType == 'prod' ? 'GeneralPurpose' : 'Burstable'

@minValue(32)
param postgresStorageGb int = environmentType == 'prod' ? 128 : 32

@description('A standby doubles the price of the server.')
@allowed(['Disabled', 'SameZone', 'ZoneRedundant'])
param postgresHighAvailability string = environmentType == 'prod' ? 'ZoneRedundant' : 'Disabled'

@description('Connections that all instances of the app together may open. max_connections without what Azure keeps for itself: 35 of Standard_B1ms, 414 of B2s, 844 of D2ds_v5; some are left for people. It must follow postgresSku.')
@minValue(2)
@maxValue(5000)
param postgresConnections int = environmentType == 'prod' ? 800 : 30

@minValue(7)
@maxValue(35)
param postgresBackupDays int = environmentType == 'prod' ? 14 : 7

@description('Copies of backups in the paired region, where the region has one; it cannot be changed later.')
param postgresGeoRedundantBackup bool = environmentType == 'prod'

@description('True makes the app\'s identity an administrator of the server, so that nothing has to be run by hand; with private networking nothing outside of the network could. False: run infra/postgres-role.sql once, and the app may touch its own database only.')
param postgresAppIsAdministrator bool = environmentType == 'dev' || privateNetworking

@description('The object id of who administers the server: a person or, better, a group. Empty: the person who deploys (a pipeline is none).')
param postgresAdministratorId string = ''

@description('The user principal name, or the group\'s display name.')
param postgresAdministratorName string = ''

@allowed(['User', 'Group', 'ServicePrincipal'])
param postgresAdministratorType string = 'Group'

@description('An address outside of Azure that may connect; empty for none.')
param postgresClientAddress string = ''

// ---- A model in the cloud -------------------------------------------------------------------------------------------

@description('False: the built-in model serves alone, and no text of a customer leaves the app.')
param useModel bool = true

@description('Must know structured outputs. Microsoft names the date on which a version retires: https://learn.microsoft.com/azure/ai-foundry/openai/concepts/model-retirements')
param modelName string = 'gpt-5-mini'

param modelVersion string = '2025-08-07'

@description('DataZoneStandard keeps customers\' texts in the EU or the USA, at about 1.1 times the price.')
@allowed(['GlobalStandard', 'DataZoneStandard', 'Standard'])
param modelSku string = 'DataZoneStandard'

@description('Thousands of tokens a minute. A message takes 1,000 to 2,000.')
@minValue(1)
param modelCapacity int = environmentType == 'prod' ? 200 : 50

@description('Another region for the model, where the first has none; empty for the same.')
param modelLocation string = ''

@description('For reasoning models: minimal, low, medium, high; empty for models without.')
param modelReasoningEffort string = 'minimal'

@description('Per million tokens, as a decimal number: what calls are counted at.')
param modelInputPrice string = '0.275'
param modelCachedInputPrice string = '0.0275'
param modelOutputPrice string = '2.2'
param modelCurrency string = 'USD'

// ---- Network --------------------------------------------------------------------------------------------------------

@description('True puts storage, vault, database, scheduler and model behind private endpoints and closes their public ones; each endpoint is paid by the hour (docs/deploy.md). The app itself stays reachable: Microsoft Graph and the carriers call in.')
param privateNetworking bool = false

@description('At least a /24, free of what it may be peered with.')
param addressSpace string = '10.40.0.0/24'

@description('One fixed address for calls to the outside, through a NAT gateway that is paid by the hour; with private networking only.')
param fixedOutboundAddress bool = false

// ---- People, alerts, cost -------------------------------------------------------------------------------------------

@description('Who deploys (azd gives it): may write secrets, hand in messages of poison queues, see the scheduler\'s dashboard. Empty for nobody.')
param principalId string = deployer().objectId

@allowed(['User', 'Group', 'ServicePrincipal'])
param principalType string = 'User'

@description('Who is told of alerts; empty for nobody.')
param alertEmail string = ''

@description('Seconds to an answer that 95 in 100 may take.')
@minValue(1)
param slowAnswerSeconds int = 300

@description('Failed calls to carriers within half an hour that are still normal.')
@minValue(0)
param carrierErrors int = 20

@description('What the model may cost a day before somebody is told, in modelCurrency.')
@minValue(1)
param modelSpendPerDay int = 10

@description('The month\'s cost of everything before somebody is told, in the subscription\'s currency; 0 for none. It needs alertEmail and budgetStartDate.')
@minValue(0)
param monthlyBudget int = 0

@description('The first of the month in which the budget is made, for example 2026-12-01; empty for no budget. Azure refuses another date while the budget exists.')
param budgetStartDate string = ''

@description('Days that logs are kept; 30 cost nothing.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = environmentType == 'prod' ? 90 : 30

@description('Gigabytes of telemetry a day at most; -1 for no limit.')
param logDailyQuotaGb int = environmentType == 'prod' ? 5 : 1

@description('True keeps secrets from being erased for 90 days, whoever asks.')
param vaultPurgeProtection bool = environmentType == 'prod'

// ---------------------------------------------------------------------------------------------------------------------

var abbreviations = loadJsonContent('abbreviations.json')
var token = toLower(uniqueString(subscription().id, environmentName, location))
var allTags = union(tags, { 'azd-env-name': environmentName, app: 'autoflow' })
var useScheduler = durableBackend == 'DurableTaskScheduler'
var deploymentContainer = 'app-package'

// functions/Messages/QueueNames.cs
var queues = ['inbox', 'outbox', 'mail-notifications', 'events', 'tracking-pushes', 'models']

// Flex Consumption scales HTTP, durable state and each queue by itself; a timer runs on one instance (functions/Triggers).
var timers = 5
var mostInstances = (length(queues) + 2) * maximumInstanceCount + timers

// Without one the server would have nobody who can let anybody in.
var hasAdministrator = postgresAppIsAdministrator
  ? true
  : !empty(postgresAdministratorId) ? true : principalType == 'User' && !empty(principalId)

var secretNames = union(
  {
    Shop__AccessToken: 'shop-access-token'
    SeventeenTrack__ApiKey: 'seventeentrack-api-key'
  },
  empty(mailbox) ? {} : { Graph__ClientState: 'graph-client-state' },
  toObject(workflowSecrets, name => 'Secrets__${name}', name => 'workflow-${replace(name, '__', '-')}')
)

var ownSettings = union(
  { Shop__BaseUrl: shopBaseUrl },
  empty(shopOrderNumberPattern) ? {} : { Shop__OrderNumberPattern: shopOrderNumberPattern },
  empty(mailbox)
    ? {}
    : {
        Graph__Mailbox: mailbox
        Graph__ClientId: identity.outputs.clientId
        Mail__OwnAddresses__0: mailbox
      },
  appSettings
)

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: '${abbreviations.resourceGroup}${environmentName}'
  location: location
  tags: allTags
}

module identity 'core/identity.bicep' = {
  scope: group
  params: {
    name: '${abbreviations.identity}${token}'
    location: location
    tags: allTags
  }
}

module monitoring 'core/monitoring.bicep' = {
  scope: group
  params: {
    workspaceName: '${abbreviations.logAnalytics}${token}'
    insightsName: '${abbreviations.applicationInsights}${token}'
    location: location
    tags: allTags
    retentionDays: logRetentionDays
    dailyQuotaGb: logDailyQuotaGb
  }
}

module storage 'core/storage.bicep' = {
  scope: group
  params: {
    name: '${abbreviations.storageAccount}${token}'
    location: location
    tags: allTags
    sku: storageSku
    deploymentContainer: deploymentContainer
    queues: queues
    private: privateNetworking
  }
}

module vault 'core/vault.bicep' = {
  scope: group
  params: {
    name: '${abbreviations.keyVault}${token}'
    location: location
    tags: allTags
    private: privateNetworking
    purgeProtection: vaultPurgeProtection
    workspaceId: monitoring.outputs.workspaceId
    secretNames: ['shop-access-token', 'seventeentrack-api-key', 'graph-client-state']
    secretValues: {
      'shop-access-token': shopAccessToken
      'seventeentrack-api-key': seventeenTrackApiKey
      'graph-client-state': graphClientState
    }
  }
}

module scheduler 'core/scheduler.bicep' = if (useScheduler) {
  scope: group
  params: {
    name: '${abbreviations.durableTaskScheduler}${token}'
    taskHub: taskHub
    location: location
    tags: allTags
    sku: schedulerSku
    capacity: schedulerCapacity
    private: privateNetworking
  }
}

module postgres 'core/postgres.bicep' = {
  scope: group
  params: {
    name: hasAdministrator
      ? '${abbreviations.postgres}${token}'
      : fail('PostgreSQL needs an administrator: give postgresAdministratorId and postgresAdministratorName (AUTOFLOW_DATABASE_ADMIN_ID, _NAME).')
    location: location
    tags: allTags
    database: 'autoflow'
    sku: postgresSku
    tier: postgresTier
    storageGb: postgresStorageGb
    highAvailability: postgresHighAvailability
    backupDays: postgresBackupDays
    geoRedundantBackup: postgresGeoRedundantBackup
    administrators: [
      empty(postgresAdministratorId)
        ? {
            wanted: principalType == 'User' && !empty(principalId)
            objectId: principalId
            name: deployer().userPrincipalName
            type: 'User'
          }
        : {
            wanted: true
            objectId: postgresAdministratorId
            name: postgresAdministratorName
            type: postgresAdministratorType
          }
      {
        wanted: postgresAppIsAdministrator
        objectId: identity.outputs.principalId
        name: identity.outputs.name
        type: 'ServicePrincipal'
      }
    ]
    private: privateNetworking
    clientAddress: postgresClientAddress
  }
}

module model 'core/model.bicep' = if (useModel) {
  scope: group
  params: {
    name: '${abbreviations.openAI}${token}'
    location: empty(modelLocation) ? location : modelLocation
    tags: allTags
    deployment: modelName
    model: modelName
    version: modelVersion
    sku: modelSku
    capacity: modelCapacity
    private: privateNetworking
  }
}

module network 'core/network.bicep' = if (privateNetworking) {
  scope: group
  params: {
    name: '${abbreviations.virtualNetwork}${token}'
    location: location
    tags: allTags
    addressSpace: addressSpace
    fixedOutboundAddress: fixedOutboundAddress
    natGatewayName: '${abbreviations.natGateway}${token}'
    publicAddressName: '${abbreviations.publicAddress}${token}'
  }
}

module endpoints 'core/endpoints.bicep' = if (privateNetworking) {
  scope: group
  params: {
    location: location
    tags: allTags
    networkId: network!.outputs.id
    subnetId: network!.outputs.endpointSubnetId
    targets: concat(
      [
        {
          name: '${abbreviations.privateEndpoint}blob-${token}'
          serviceId: storage.outputs.id
          group: 'blob'
          zone: 'privatelink.blob.${environment().suffixes.storage}'
        }
        {
          name: '${abbreviations.privateEndpoint}queue-${token}'
          serviceId: storage.outputs.id
          group: 'queue'
          zone: 'privatelink.queue.${environment().suffixes.storage}'
        }
        {
          name: '${abbreviations.privateEndpoint}table-${token}'
          serviceId: storage.outputs.id
          group: 'table'
          zone: 'privatelink.table.${environment().suffixes.storage}'
        }
        {
          name: '${abbreviations.privateEndpoint}vault-${token}'
          serviceId: vault.outputs.id
          group: 'vault'
          zone: 'privatelink.vaultcore.azure.net'
        }
        {
          name: '${abbreviations.privateEndpoint}postgres-${token}'
          serviceId: postgres.outputs.id
          group: 'postgresqlServer'
          zone: 'privatelink.postgres.database.azure.com'
        }
      ],
      useScheduler
        ? [
            {
              name: '${abbreviations.privateEndpoint}scheduler-${token}'
              serviceId: scheduler!.outputs.id
              group: 'scheduler'
              zone: 'privatelink.durabletask.io'
            }
          ]
        : [],
      useModel
        ? [
            {
              name: '${abbreviations.privateEndpoint}model-${token}'
              serviceId: model!.outputs.id
              group: 'account'
              zone: 'privatelink.openai.azure.com'
            }
          ]
        : []
    )
  }
}

module access 'app/access.bicep' = {
  scope: group
  params: {
    appPrincipalId: identity.outputs.principalId
    deployerPrincipalId: principalId
    deployerPrincipalType: principalType
    storageName: storage.outputs.name
    vaultName: vault.outputs.name
    insightsName: monitoring.outputs.insightsName
    schedulerName: useScheduler ? scheduler!.outputs.name : ''
    modelAccountName: useModel ? model!.outputs.name : ''
  }
}

module functions 'app/functions.bicep' = {
  scope: group
  params: {
    name: '${abbreviations.functionApp}${token}'
    planName: '${abbreviations.appServicePlan}${token}'
    location: location
    tags: allTags
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    alwaysReady: alwaysReady
    httpConcurrency: httpConcurrency
    identityId: identity.outputs.id
    identityName: identity.outputs.name
    identityClientId: identity.outputs.clientId
    storageName: storage.outputs.name
    deploymentContainer: deploymentContainer
    insightsName: monitoring.outputs.insightsName
    subnetId: privateNetworking ? network!.outputs.appSubnetId : ''
    schedulerEndpoint: useScheduler ? scheduler!.outputs.endpoint : ''
    taskHub: taskHub
    postgresHost: postgres.outputs.host
    postgresDatabase: 'autoflow'
    postgresConnections: max(2, min(20, postgresConnections / mostInstances)) // fewer than two the app refuses
    vaultName: vault.outputs.name
    vaultReferences: secretNames
    settings: ownSettings
    model: useModel
      ? {
          endpoint: model!.outputs.endpoint
          deployment: modelName
          inputPrice: modelInputPrice
          cachedInputPrice: modelCachedInputPrice
          outputPrice: modelOutputPrice
          currency: modelCurrency
          reasoningEffort: modelReasoningEffort
        }
      : null
  }
  dependsOn: [access, endpoints]
}

module alerts 'app/alerts.bicep' = {
  scope: group
  params: {
    location: location
    tags: allTags
    workspaceId: monitoring.outputs.workspaceId
    email: alertEmail
    actionGroupName: '${abbreviations.actionGroup}${token}'
    slowAnswerSeconds: slowAnswerSeconds
    carrierErrors: carrierErrors
    modelSpendPerDay: useModel ? modelSpendPerDay : 0
    modelCurrency: modelCurrency
  }
}

module budget 'app/budget.bicep' = if (monthlyBudget > 0 && !empty(alertEmail) && !empty(budgetStartDate)) {
  scope: group
  params: {
    name: '${abbreviations.budget}${token}'
    amount: monthlyBudget
    startDate: budgetStartDate
    email: alertEmail
  }
}

// azd keeps these in the environment; none is a secret.
output AZURE_LOCATION string = location
output AZURE_TENANT_ID string = tenant().tenantId
output AZURE_RESOURCE_GROUP string = group.name
output AZURE_FUNCTION_NAME string = functions.outputs.name
output AZURE_FUNCTION_HOST string = functions.outputs.hostName
output AZURE_KEY_VAULT_NAME string = vault.outputs.name
output AZURE_STORAGE_ACCOUNT_NAME string = storage.outputs.name
output AZURE_POSTGRES_NAME string = postgres.outputs.name
output AZURE_POSTGRES_HOST string = postgres.outputs.host
output AZURE_IDENTITY_NAME string = identity.outputs.name
output AZURE_IDENTITY_CLIENT_ID string = identity.outputs.clientId
output AZURE_IDENTITY_PRINCIPAL_ID string = identity.outputs.principalId
output AZURE_SCHEDULER_NAME string = useScheduler ? scheduler!.outputs.name : ''
output AZURE_OPENAI_ENDPOINT string = useModel ? model!.outputs.endpoint : ''
