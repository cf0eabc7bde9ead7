metadata description = 'The storage account: queues of the app, keys and locks of the host, the deployed package, and durable state where no scheduler is used.'

param name string
param location string
param tags object

@description('How many copies lie where. Standard_LRS is the cheapest, Standard_ZRS outlives a zone at about 1.25 times the price. Geo-redundancy is of little use here: queues and durable state are read in one region.')
@allowed(['Standard_LRS', 'Standard_ZRS'])
param sku string

@description('Where the deployed package lies.')
param deploymentContainer string

@description('The queues of functions/Messages/QueueNames.cs.')
param queues string[]

@description('True closes the public endpoint.')
param private bool

resource account 'Microsoft.Storage/storageAccounts@2025-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: sku }
  properties: {
    accessTier: 'Hot'
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false // Microsoft Entra ID only: there is no key to lose
    defaultToOAuthAuthentication: true
    allowCrossTenantReplication: false
    publicNetworkAccess: private ? 'Disabled' : 'Enabled'
    networkAcls: {
      defaultAction: private ? 'Deny' : 'Allow'
      bypass: 'None'
    }
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      // A package that was overwritten by mistake can be had back.
      deleteRetentionPolicy: { enabled: true, days: 7 }
      containerDeleteRetentionPolicy: { enabled: true, days: 7 }
    }

    resource packages 'containers' = {
      name: deploymentContainer
      properties: { publicAccess: 'None' }
    }
  }

  resource queueService 'queueServices' = {
    name: 'default'

    resource queue 'queues' = [
      for queue in queues: {
        name: queue
      }
    ]
  }
}

output id string = account.id
output name string = account.name
