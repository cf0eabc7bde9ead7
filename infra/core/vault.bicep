metadata description = 'Secrets of others: the shop, the carriers, the mailbox, workflows. The app reads them as references in its settings.'

param name string
param location string
param tags object

@description('True closes the public endpoint.')
param private bool

@description('True keeps anybody, the owner too, from erasing secrets before 90 days are over. The vault\'s name is then taken for as long after azd down.')
param purgeProtection bool

@description('Where reads of secrets are logged.')
param workspaceId string

@description('The names of secretValues, which alone may be seen before a deployment begins.')
param secretNames string[]

@description('Values to write, by name. An empty one is left out: what the vault has stays.')
@secure()
param secretValues object

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    enablePurgeProtection: purgeProtection ? true : null // false is refused: it can only be switched on
    publicNetworkAccess: private ? 'Disabled' : 'Enabled'
    networkAcls: {
      defaultAction: private ? 'Deny' : 'Allow'
      bypass: 'None'
    }
  }
}

resource secret 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = [
  for secretName in secretNames: if (!empty(secretValues[secretName])) {
    parent: vault
    name: secretName
    properties: { value: secretValues[secretName] }
  }
]

resource audit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'audit'
  scope: vault
  properties: {
    workspaceId: workspaceId
    logs: [{ categoryGroup: 'audit', enabled: true }]
  }
}

output id string = vault.id
output name string = vault.name
