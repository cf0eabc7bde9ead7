metadata description = 'Private endpoints of what the app uses, and the DNS zones that lead to them. Each endpoint is paid by the hour.'

param location string
param tags object
param networkId string
param subnetId string

@description('What gets an endpoint.')
param targets target[]

type target = {
  name: string
  serviceId: string
  group: string
  zone: string
}

resource zones 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for one in targets: {
    name: one.zone
    location: 'global'
    tags: tags
  }
]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (one, i) in targets: {
    parent: zones[i]
    name: uniqueString(networkId)
    location: 'global'
    tags: tags
    properties: {
      virtualNetwork: { id: networkId }
      registrationEnabled: false
    }
  }
]

resource endpoints 'Microsoft.Network/privateEndpoints@2024-05-01' = [
  for one in targets: {
    name: one.name
    location: location
    tags: tags
    properties: {
      subnet: { id: subnetId }
      privateLinkServiceConnections: [
        {
          name: one.group
          properties: { privateLinkServiceId: one.serviceId, groupIds: [one.group] }
        }
      ]
    }
  }
]

resource groups 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-05-01' = [
  for (one, i) in targets: {
    parent: endpoints[i]
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [{ name: one.group, properties: { privateDnsZoneId: zones[i].id } }]
    }
    dependsOn: [links[i]]
  }
]
