metadata description = 'PostgreSQL for the support data. There is no password: only Microsoft Entra identities get in.'

param name string
param location string
param tags object

@description('The database of the app.')
param database string

@description('The size, for example Standard_B1ms or Standard_D2ds_v5.')
param sku string

@description('Burstable has no high availability and no read replicas.')
@allowed(['Burstable', 'GeneralPurpose', 'MemoryOptimized'])
param tier string

@description('Grows by itself, and never shrinks.')
@minValue(32)
param storageGb int

@description('A standby doubles the price of computing. ZoneRedundant outlives a zone, SameZone only a machine.')
@allowed(['Disabled', 'SameZone', 'ZoneRedundant'])
param highAvailability string

@description('Days to which the server can be taken back, to the second.')
@minValue(7)
@maxValue(35)
param backupDays int

@description('True keeps a copy of backups in the paired region, at twice the price of backup storage. It cannot be changed later.')
param geoRedundantBackup bool

@description('Who may do everything in the server: Microsoft Entra users, groups, service principals. At least one must be wanted.')
param administrators administrator[]

@description('True closes the public endpoint.')
param private bool

@description('An address outside of Azure that may connect, for whoever runs postgres-role.sql; empty for none.')
param clientAddress string

type administrator = {
  @description('False leaves it out. How many there may be must be known before a deployment begins, who they are need not.')
  wanted: bool
  objectId: string
  name: string
  type: 'User' | 'Group' | 'ServicePrincipal'
}

resource server 'Microsoft.DBforPostgreSQL/flexibleServers@2025-08-01' = {
  name: name
  location: location
  tags: tags
  sku: { name: sku, tier: tier }
  properties: {
    version: '17'
    storage: { storageSizeGB: storageGb, autoGrow: 'Enabled' }
    authConfig: {
      activeDirectoryAuth: 'Enabled'
      passwordAuth: 'Disabled'
      tenantId: tenant().tenantId
    }
    backup: {
      backupRetentionDays: backupDays
      geoRedundantBackup: geoRedundantBackup ? 'Enabled' : 'Disabled'
    }
    highAvailability: { mode: highAvailability }
    network: { publicNetworkAccess: private ? 'Disabled' : 'Enabled' }
  }
}

// The server takes one change at a time, so each waits for the one before. Administrators come first: a database that is made while
// there is none belongs to azuresu, and nobody else may then make anything in its schema public.
@batchSize(1)
resource entraAdministrators 'Microsoft.DBforPostgreSQL/flexibleServers/administrators@2025-08-01' = [
  for one in administrators: if (one.wanted) {
    parent: server
    name: one.wanted ? one.objectId : 'nobody'
    properties: {
      principalName: one.name
      principalType: one.type
      tenantId: tenant().tenantId
    }
  }
]

resource support 'Microsoft.DBforPostgreSQL/flexibleServers/databases@2025-08-01' = {
  parent: server
  name: database
  properties: { charset: 'UTF8', collation: 'en_US.utf8' }
  dependsOn: [entraAdministrators]
}

resource transportSecurity 'Microsoft.DBforPostgreSQL/flexibleServers/configurations@2025-08-01' = {
  parent: server
  name: 'ssl_min_protocol_version'
  properties: { value: 'TLSv1.2', source: 'user-override' }
  dependsOn: [support]
}

// Instances of a Flex Consumption app have no fixed addresses; this rule is Azure's own way to say "from Azure".
resource fromAzure 'Microsoft.DBforPostgreSQL/flexibleServers/firewallRules@2025-08-01' = if (!private) {
  parent: server
  name: 'AllowAllAzureServicesAndResourcesWithinAzureIps'
  properties: { startIpAddress: '0.0.0.0', endIpAddress: '0.0.0.0' }
  dependsOn: [transportSecurity]
}

resource fromClient 'Microsoft.DBforPostgreSQL/flexibleServers/firewallRules@2025-08-01' = if (!private && !empty(clientAddress)) {
  parent: server
  name: 'client'
  properties: { startIpAddress: clientAddress, endIpAddress: clientAddress }
  dependsOn: [fromAzure]
}

output id string = server.id
output name string = server.name
output host string = server.properties.fullyQualifiedDomainName
