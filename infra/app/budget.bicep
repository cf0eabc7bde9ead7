metadata description = 'A mail when the month\'s cost of the resource group comes near a sum. It stops nothing. A budget costs nothing.'

param name string

@description('In the currency of the subscription.')
param amount int

@description('The first of a month, for example 2026-12-01. It cannot be changed while the budget exists.')
param startDate string

param email string

resource budget 'Microsoft.Consumption/budgets@2024-08-01' = {
  name: name
  properties: {
    category: 'Cost'
    amount: amount
    timeGrain: 'Monthly'
    timePeriod: { startDate: startDate }
    notifications: {
      eightyPercentSpent: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 80
        thresholdType: 'Actual'
        contactEmails: [email]
      }
      allForecast: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 100
        thresholdType: 'Forecasted'
        contactEmails: [email]
      }
    }
  }
}
