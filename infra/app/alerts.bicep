metadata description = 'What a person must hear of. Each rule is paid by the month and by how often it looks: every 5 minutes costs about three times every 15.'

param location string
param tags object

@description('The workspace that the rules ask.')
param workspaceId string

@description('Who gets a mail. Empty: alerts are only seen in the portal.')
param email string
param actionGroupName string

@description('Seconds from a message\'s coming to its answer that 95 in 100 answers may take.')
param slowAnswerSeconds int

@description('Failed calls to carriers within half an hour that are still normal.')
param carrierErrors int

@description('What the model may cost a day, in modelCurrency; 0 without a model.')
param modelSpendPerDay int
param modelCurrency string

type rule = {
  name: string
  description: string
  @description('0 is the worst.')
  severity: int
  query: string
  @description('The column that is compared; null counts rows.')
  column: string?
  aggregation: 'Count' | 'Maximum' | 'Total'
  operator: 'GreaterThan' | 'LessThan'
  threshold: int
  window: string
  every: string
}

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(email)) {
  name: actionGroupName
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'AutoFlow'
    emailReceivers: [{ name: 'operators', emailAddress: email, useCommonAlertSchema: true }]
  }
}

// Metrics of the meter AutoFlow lie in AppMetrics, one row per metric, attributes, instance and minute: Sum and ItemCount are
// the whole of what was recorded in that minute, Min and Max its bounds.
var always rule[] = [
  {
    name: 'poison-queue'
    description: 'A queue message failed five times and was put aside. docs/deploy.md says how to look at it and hand it in again.'
    severity: 1
    query: 'AppMetrics | where Name == "autoflow.queue.poison" | project TimeGenerated, Waiting = Sum / coalesce(ItemCount, 1)'
    column: 'Waiting'
    aggregation: 'Maximum'
    operator: 'GreaterThan'
    threshold: 0
    window: 'PT15M'
    every: 'PT5M'
  }
  {
    name: 'failed-orchestrations'
    description: 'Workflows ended with a fault. Each has become a ticket, and its customer has an honest reply.'
    severity: 2
    query: 'AppMetrics | where Name == "autoflow.orchestrations.failed" | project TimeGenerated, Failed = Sum'
    column: 'Failed'
    aggregation: 'Total'
    operator: 'GreaterThan'
    threshold: 0
    window: 'PT15M'
    every: 'PT15M'
  }
  {
    name: 'failed-messages'
    description: 'Replies to customers were given up: they could not be sent.'
    severity: 1
    query: 'AppMetrics | where Name == "autoflow.messages.failed" | project TimeGenerated, Failed = Sum'
    column: 'Failed'
    aggregation: 'Total'
    operator: 'GreaterThan'
    threshold: 0
    window: 'PT15M'
    every: 'PT15M'
  }
  {
    // A histogram comes without its buckets, so this is the 95th percentile of the minutes' means, each weighted by its answers:
    // exact while a minute has one answer, a little low when it has many.
    name: 'slow-answers'
    description: 'Answers take too long, at the 95th percentile.'
    severity: 2
    query: 'AppMetrics | where Name == "autoflow.answer.duration" and ItemCount > 0 | summarize Seconds = percentilew(Sum / ItemCount, ItemCount, 95) by bin(TimeGenerated, 30m)'
    column: 'Seconds'
    aggregation: 'Maximum'
    operator: 'GreaterThan'
    threshold: slowAnswerSeconds
    window: 'PT30M'
    every: 'PT15M'
  }
  {
    name: 'carrier-errors'
    description: 'The tracking service answers with errors, or not at all.'
    severity: 3
    query: 'AppMetrics | where Name == "autoflow.carrier.errors" | project TimeGenerated, Failed = Sum'
    column: 'Failed'
    aggregation: 'Total'
    operator: 'GreaterThan'
    threshold: carrierErrors
    window: 'PT30M'
    every: 'PT15M'
  }
  {
    name: 'not-ready'
    description: 'GET /api/ready said that something is out of reach that no message can do without. Whoever watches must ask it (docs/deploy.md).'
    severity: 1
    query: 'AppRequests | where (Url has "/api/ready" or Name has "ShowReadiness") and Success == false | project TimeGenerated'
    column: null
    aggregation: 'Count'
    operator: 'GreaterThan'
    threshold: 0
    window: 'PT15M'
    every: 'PT5M'
  }
  {
    // SweepStore runs every 30 seconds as long as anything runs at all.
    name: 'silent'
    description: 'Nothing runs: the app does not start, or its telemetry does not come through.'
    severity: 1
    query: 'AppRequests | where OperationName has "SweepStore" or Name has "SweepStore" | where Success == true | project TimeGenerated'
    column: null
    aggregation: 'Count'
    operator: 'LessThan'
    threshold: 1
    window: 'PT30M'
    every: 'PT15M'
  }
]

var withModel rule[] = [
  {
    name: 'model-spend'
    description: 'The model has cost more within 24 hours than it may. The app goes on. To stop the model: azd env set AUTOFLOW_USE_MODEL false, then azd provision.'
    severity: 2
    query: 'AppMetrics | where Name == "autoflow.model.cost" and tostring(Properties.currency) == "${modelCurrency}" | project TimeGenerated, Cost = Sum'
    column: 'Cost'
    aggregation: 'Total'
    operator: 'GreaterThan'
    threshold: modelSpendPerDay
    window: 'P1D'
    every: 'PT1H'
  }
]

resource alerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for one in concat(always, modelSpendPerDay > 0 ? withModel : []): {
    name: 'alert-${one.name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: 'AutoFlow: ${one.name}'
      description: one.description
      severity: one.severity
      enabled: true
      scopes: [workspaceId]
      evaluationFrequency: one.every
      windowSize: one.window
      autoMitigate: true
      skipQueryValidation: true // in a new workspace the tables are not there before the first telemetry
      criteria: {
        allOf: [
          {
            query: one.query
            timeAggregation: one.aggregation
            metricMeasureColumn: one.?column
            operator: one.operator
            threshold: one.threshold
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: empty(email) ? null : { actionGroups: [people.id] }
    }
  }
]
