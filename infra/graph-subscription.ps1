<#
.SYNOPSIS
Subscribes the app to new mail of its mailbox, or renews that. Microsoft Graph forgets a subscription after seven days at most.

.DESCRIPTION
The app does not subscribe by itself (ARCHITECTURE.md, known gaps). Run this daily: .github/workflows/mail-subscription.yml does, and
docs/deploy.md, step 8, says how it is let in. It asks nothing, and needs no module, only PowerShell 7 and the Azure CLI, logged in as
the app's own identity (or as an app registration that infra/graph-permissions.ps1 has been run for): a person's login has no right to
the mailbox. On a machine in Azure that has the identity:

  az login --identity --client-id <AZURE_IDENTITY_CLIENT_ID> --allow-no-subscriptions
  ./infra/graph-subscription.ps1 -Mailbox support@example.com -AppHost <AZURE_FUNCTION_HOST> -Vault <AZURE_KEY_VAULT_NAME>

Graph calls the app while this runs, to see that it answers: the app must be deployed, and its secrets set.

.PARAMETER Mailbox
The address of the mailbox, as in Graph__Mailbox.
.PARAMETER AppHost
The app's host name.
.PARAMETER Vault
The vault with the secret graph-client-state, what every notification must carry. It is read only to subscribe, not to renew.
.PARAMETER Anew
Deletes what there is first, for example after graph-client-state was changed: a subscription keeps the one that it was made with.
#>
[CmdletBinding()]
param(
  [Parameter(Mandatory)] [string] $Mailbox,
  [Parameter(Mandatory)] [string] $AppHost,
  [Parameter(Mandatory)] [string] $Vault,
  [switch] $Anew
)

$ErrorActionPreference = 'Stop'

# What a program prints does not stop PowerShell when it fails: its exit code must be asked for.
function Read-Az {
  $text = az @args --output tsv
  if ($LASTEXITCODE -ne 0 -or -not $text) { throw "az $($args[0..2] -join ' ') failed." }
  $text
}

$token = Read-Az account get-access-token --resource https://graph.microsoft.com --query accessToken
$graph = @{ Authentication = 'Bearer'; Token = ConvertTo-SecureString $token -AsPlainText -Force; ContentType = 'application/json' }
$subscriptions = 'https://graph.microsoft.com/v1.0/subscriptions'

$url = "https://$AppHost/api/mail/notifications"
$until = (Get-Date).ToUniversalTime().AddDays(6).ToString('yyyy-MM-ddTHH:mm:ssZ')
$existing = @()
for ($page = $subscriptions; $page; $page = $answer.'@odata.nextLink') {
  $answer = Invoke-RestMethod @graph -Uri $page
  $existing += @($answer.value | Where-Object { $_.notificationUrl -eq $url })
}

if ($Anew) {
  foreach ($one in $existing) { Invoke-RestMethod @graph -Method Delete -Uri "$subscriptions/$($one.id)" | Out-Null }
  $existing = @()
}

if ($existing) {
  foreach ($one in $existing) {
    Invoke-RestMethod @graph -Method Patch -Uri "$subscriptions/$($one.id)" -Body (@{ expirationDateTime = $until } | ConvertTo-Json) | Out-Null
  }
  Write-Output "Renewed until ${until}: $($existing.id -join ', ')"
}
else {
  $made = Invoke-RestMethod @graph -Method Post -Uri $subscriptions -Body (@{
      changeType               = 'created'
      resource                 = "users/$Mailbox/mailFolders('inbox')/messages"
      notificationUrl          = $url
      lifecycleNotificationUrl = $url
      clientState              = Read-Az keyvault secret show --vault-name $Vault --name graph-client-state --query value
      expirationDateTime       = $until
    } | ConvertTo-Json)
  Write-Output "Subscribed until ${until}: $($made.id)"
}
