metadata description = 'Azure OpenAI: one account, one model. Without it the built-in model serves alone.'

param name string
param location string
param tags object

@description('The deployment\'s name, which the app asks for.')
param deployment string

@description('The model; it must know structured outputs.')
param model string

@description('The model\'s version. It retires on a date that Microsoft announces.')
param version string

@description('GlobalStandard may be served anywhere. DataZoneStandard stays in the EU or the USA, at about 1.1 times the price. Both are paid by token; nothing is paid while no message comes.')
@allowed(['GlobalStandard', 'DataZoneStandard', 'Standard'])
param sku string

@description('Thousands of tokens a minute that the deployment may take; costs nothing by itself.')
@minValue(1)
param capacity int

@description('True closes the public endpoint.')
param private bool

resource account 'Microsoft.CognitiveServices/accounts@2025-09-01' = {
  name: name
  location: location
  tags: tags
  kind: 'OpenAI'
  sku: { name: 'S0' }
  properties: {
    customSubDomainName: name // tokens of Entra ID are taken at the account's own name only
    disableLocalAuth: true
    publicNetworkAccess: private ? 'Disabled' : 'Enabled'
    networkAcls: { defaultAction: private ? 'Deny' : 'Allow' }
  }
}

resource served 'Microsoft.CognitiveServices/accounts/deployments@2025-09-01' = {
  parent: account
  name: deployment
  sku: { name: sku, capacity: capacity }
  properties: {
    model: { format: 'OpenAI', name: model, version: version }
    // A new version is measured first (autoflow evaluate); until this one retires it is not changed behind our back.
    versionUpgradeOption: 'OnceCurrentVersionExpired'
  }
}

output id string = account.id
output name string = account.name
output endpoint string = account.properties.endpoint
