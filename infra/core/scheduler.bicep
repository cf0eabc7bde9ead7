metadata description = 'Durable Task Scheduler: durable state as a service, with a dashboard.'

param name string
param taskHub string
param location string
param tags object

@description('Consumption is paid by action, takes 500 actions a second and does not outlive a zone. Dedicated is paid by capacity unit, busy or not, and takes 2,000 actions a second for each.')
@allowed(['Consumption', 'Dedicated'])
param sku string

@description('Capacity units of Dedicated, 1 to 3; three make it zone-redundant.')
@minValue(1)
@maxValue(3)
param capacity int

@description('True closes the public endpoint.')
param private bool

resource scheduler 'Microsoft.DurableTask/schedulers@2026-02-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    sku: sku == 'Dedicated' ? { name: sku, capacity: capacity } : { name: sku }
    ipAllowlist: ['0.0.0.0/0'] // an empty list lets nobody in; who may do what is decided by roles
    publicNetworkAccess: private ? 'Disabled' : 'Enabled'
  }

  resource hub 'taskHubs' = {
    name: taskHub
    properties: {}
  }
}

output id string = scheduler.id
output name string = scheduler.name
output endpoint string = scheduler.properties.endpoint
