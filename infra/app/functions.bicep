metadata description = 'The function app on Flex Consumption, with its settings.'

param name string
param planName string
param location string
param tags object

@description('Memory of an instance in MB. An hour at work is paid by it: 4096 costs twice what 2048 costs.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int

@description('Instances of one function or group at most; the last limit on what a flood of messages may cost.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int

@description('Instances that never sleep, by group (http, durable) or function (function:ProcessMessage). They spare the first message after a pause some seconds, and are paid by the hour, without the free grant.')
param alwaysReady alwaysReadyGroup[]

type alwaysReadyGroup = {
  name: string
  instanceCount: int
}

@description('Calls of HTTP functions that one instance takes at a time; 0 leaves it to the platform.')
param httpConcurrency int

param identityId string
param identityName string
param identityClientId string
param storageName string
param deploymentContainer string
param insightsName string

@description('The subnet for outbound calls; empty without private networking.')
param subnetId string

@description('The address of the scheduler of durable state; empty for Azure Storage.')
param schedulerEndpoint string
param taskHub string

param postgresHost string
param postgresDatabase string

@description('Connections that one instance opens at most.')
param postgresConnections int

param vaultName string

@description('Names of secrets in the vault by setting, for example Shop__AccessToken: shop-access-token.')
param vaultReferences object

@description('Settings that only pass through: the shop, the mailbox, whatever else differs from its default.')
param settings object

@description('The model in the cloud; null without one.')
param model modelSettings?

type modelSettings = {
  endpoint: string
  deployment: string
  inputPrice: string
  cachedInputPrice: string
  outputPrice: string
  currency: string
  reasoningEffort: string
}

resource storage 'Microsoft.Storage/storageAccounts@2025-01-01' existing = {
  name: storageName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' existing = {
  name: vaultName
}

resource plan 'Microsoft.Web/serverfarms@2024-11-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { tier: 'FlexConsumption', name: 'FC1' }
  properties: { reserved: true }
}

// No setting says which runtime, version or package: on Flex Consumption functionAppConfig does.
var hostSettings = {
  AzureWebJobsStorage__accountName: storage.name
  AzureWebJobsStorage__blobServiceUri: storage.properties.primaryEndpoints.blob
  AzureWebJobsStorage__queueServiceUri: storage.properties.primaryEndpoints.queue
  AzureWebJobsStorage__tableServiceUri: storage.properties.primaryEndpoints.table
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId
  APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString // an address: writing needs the identity
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
  AZURE_CLIENT_ID: identityClientId // for whatever asks for a token without naming an identity
}

// host.json in the package says the same (the build is told DurableBackend); these win where a package was built for another one.
var schedulerSettings = empty(schedulerEndpoint)
  ? {
      AzureFunctionsJobHost__extensions__durableTask__storageProvider__type: 'AzureStorage'
    }
  : {
      AzureFunctionsJobHost__extensions__durableTask__storageProvider__type: 'azureManaged'
      AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName: 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING'
      AzureFunctionsJobHost__extensions__durableTask__hubName: '%TASKHUB_NAME%'
      DURABLE_TASK_SCHEDULER_CONNECTION_STRING: 'Endpoint=${schedulerEndpoint};Authentication=ManagedIdentity;ClientID=${identityClientId}'
      TASKHUB_NAME: taskHub
    }

var appSettings = {
  AUTOFLOW_DATA: '/tmp/autoflow' // the app's own folder is read-only; what must last lies in PostgreSQL
  Postgres__Host: postgresHost
  Postgres__Database: postgresDatabase
  Postgres__User: identityName
  Postgres__MostConnections: string(postgresConnections)
}

var modelSettingsOfApp = model == null
  ? {}
  : union(
      {
        AzureOpenAI__Endpoint: model!.endpoint
        AzureOpenAI__Deployment: model!.deployment
        AzureOpenAI__ManagedIdentityClientId: identityClientId
        AzureOpenAI__InputPrice: model!.inputPrice
        AzureOpenAI__CachedInputPrice: model!.cachedInputPrice
        AzureOpenAI__OutputPrice: model!.outputPrice
        AzureOpenAI__Currency: model!.currency
      },
      empty(model!.reasoningEffort) ? {} : { AzureOpenAI__ReasoningEffort: model!.reasoningEffort }
    )

// A reference without a version follows the newest value within a day. A restart does not fetch it anew: config/configreferences/
// appsettings/refresh does (docs/deploy.md). Without the slash at the end an old version has been seen to stay.
var secretSettings = toObject(
  items(vaultReferences),
  one => one.key,
  one => '@Microsoft.KeyVault(SecretUri=${vault.properties.vaultUri}secrets/${one.value}/)'
)

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'functions' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    // Open to the internet also with private networking: Microsoft Graph and the carriers call in. Every endpoint asks for a key or checks a signature.
    publicNetworkAccess: 'Enabled'
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    keyVaultReferenceIdentity: identityId
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
    }
    functionAppConfig: {
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${storage.properties.primaryEndpoints.blob}${deploymentContainer}'
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId }
        }
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        alwaysReady: alwaysReady
        triggers: httpConcurrency > 0 ? { http: { perInstanceConcurrency: httpConcurrency } } : null
      }
    }
  }

  // Keys and tokens alone open the app: no user name with a password for FTP or for deployments.
  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }

  resource config 'config' = {
    name: 'appsettings'
    properties: union(hostSettings, schedulerSettings, appSettings, modelSettingsOfApp, settings, secretSettings)
  }
}

output id string = app.id
output name string = app.name
output hostName string = app.properties.defaultHostName
