<#
.SYNOPSIS
Subscribes the app to new mail of its mailbox, or renews that. Microsoft Graph forgets a subscription after seven days at most.

.DESCRIPTION
The app does not subscribe by itself (ARCHITECTURE.md, known gaps). Run this daily, with the app's own identity where it can be had:
in an Azure Automation runbook or a container that has the user-assigned identity (-ManagedIdentity). Elsewhere with an app
registration that infra/graph-permissions.ps1 has been run for (-TenantId, -CertificateThumbprint).

  Install-Module Microsoft.Graph.Authentication, Microsoft.Graph.ChangeNotifications
  ./infra/graph-subscription.ps1 -ManagedIdentity -ClientId <AZURE_IDENTITY_CLIENT_ID> -Mailbox support@example.com -AppHost <AZURE_FUNCTION_HOST> -ClientState (Read-Host -AsSecureString)

Graph calls the app while this runs, to see that it answers: the app must be deployed, and its secrets set.

.PARAMETER ClientState
What every notification must carry: the secret graph-client-state of the vault.
#>
[CmdletBinding()]
param(
  [Parameter(Mandatory)] [guid] $ClientId,
  [Parameter(Mandatory)] [string] $Mailbox,
  [Parameter(Mandatory)] [string] $AppHost,
  [Parameter(Mandatory)] [securestring] $ClientState,
  [switch] $ManagedIdentity,
  [string] $TenantId,
  [string] $CertificateThumbprint
)

$ErrorActionPreference = 'Stop'
if ($ManagedIdentity) { Connect-MgGraph -Identity -ClientId $ClientId -NoWelcome }
else { Connect-MgGraph -ClientId $ClientId -TenantId $TenantId -CertificateThumbprint $CertificateThumbprint -NoWelcome }

$url = "https://$AppHost/api/mail/notifications"
$until = (Get-Date).ToUniversalTime().AddDays(6)
$existing = Get-MgSubscription -All | Where-Object { $_.NotificationUrl -eq $url }

if ($existing) {
  $existing | ForEach-Object { Update-MgSubscription -SubscriptionId $_.Id -ExpirationDateTime $until | Out-Null }
  Write-Output "Renewed until $($until.ToString('u')): $($existing.Id -join ', ')"
}
else {
  $made = New-MgSubscription -ChangeType 'created' -Resource "users/$Mailbox/mailFolders('inbox')/messages" -NotificationUrl $url `
    -LifecycleNotificationUrl $url -ClientState (ConvertFrom-SecureString $ClientState -AsPlainText) -ExpirationDateTime $until
  Write-Output "Subscribed until $($until.ToString('u')): $($made.Id)"
}
