<#
.SYNOPSIS
Lets the app's managed identity read and send mail of one mailbox, and of no other.

.DESCRIPTION
An app role of Microsoft Graph (Mail.ReadWrite, Mail.Send) that is assigned in Microsoft Entra ID counts for every mailbox of the
tenant. So none is assigned: Exchange Online's RBAC for Applications gives the same rights for the mailboxes of a scope. The two add
up, so an app role that the identity has from before must be taken away (the script looks for them and says so).

The app reads messages and writes its replies as drafts before it sends them, so that a reply is sent once: hence ReadWrite.

Run it once for each environment, after azd provision, as a member of Organization Management (Exchange administrator):

  Install-Module ExchangeOnlineManagement -Scope CurrentUser
  ./infra/graph-permissions.ps1 -Mailbox support@example.com `
    -ClientId (azd env get-value AZURE_IDENTITY_CLIENT_ID) -PrincipalId (azd env get-value AZURE_IDENTITY_PRINCIPAL_ID)

It can be run again; what is there already stays. A change takes effect within 30 minutes to 2 hours.

.PARAMETER Mailbox
The address of the mailbox, as in Graph__Mailbox. A shared mailbox is one too.
.PARAMETER ClientId
The identity's client id (application id).
.PARAMETER PrincipalId
The identity's object id: of the service principal, not of an app registration.
.PARAMETER Undo
Takes the rights away again.

.NOTES
The older way, where RBAC for Applications cannot be had: the app roles for the tenant, narrowed by an application access policy.

  New-DistributionGroup -Name 'AutoFlow mailboxes' -Type Security -PrimarySmtpAddress autoflow-mailboxes@example.com -Members support@example.com
  New-ApplicationAccessPolicy -AppId <client id> -PolicyScopeGroupId autoflow-mailboxes@example.com -AccessRight RestrictAccess -Description 'AutoFlow'
  Test-ApplicationAccessPolicy -AppId <client id> -Identity support@example.com     # Granted
  Test-ApplicationAccessPolicy -AppId <client id> -Identity somebody@example.com    # Denied

and only then the app roles, by a Privileged Role Administrator (Microsoft Graph PowerShell):

  Connect-MgGraph -Scopes AppRoleAssignment.ReadWrite.All, Application.Read.All
  $graph = Get-MgServicePrincipal -Filter "appId eq '00000003-0000-0000-c000-000000000000'"
  foreach ($name in 'Mail.ReadWrite', 'Mail.Send') {
    $role = $graph.AppRoles | Where-Object { $_.Value -eq $name -and $_.AllowedMemberTypes -contains 'Application' }
    New-MgServicePrincipalAppRoleAssignment -ServicePrincipalId <principal id> -PrincipalId <principal id> -ResourceId $graph.Id -AppRoleId $role.Id
  }

To undo it: Get-MgServicePrincipalAppRoleAssignment and Remove-MgServicePrincipalAppRoleAssignment first, the policy
(Get-ApplicationAccessPolicy | Where-Object AppId -eq <client id> | Remove-ApplicationAccessPolicy) last; the other way round the app
could read every mailbox in between.

.LINK
https://learn.microsoft.com/exchange/permissions-exo/application-rbac
#>
[CmdletBinding(SupportsShouldProcess)]
param(
  [Parameter(Mandatory)] [string] $Mailbox,
  [Parameter(Mandatory)] [guid] $ClientId,
  [Parameter(Mandatory)] [guid] $PrincipalId,
  [switch] $Undo
)

$ErrorActionPreference = 'Stop'
# By name in Exchange (64 characters at most), so that a second run finds what the first one made.
$assignments = @{
  "AutoFlow Mail.ReadWrite $ClientId" = 'Application Mail.ReadWrite'
  "AutoFlow Mail.Send $ClientId"      = 'Application Mail.Send'
}
$scope = "AutoFlow $ClientId"

Import-Module ExchangeOnlineManagement
Connect-ExchangeOnline -ShowBanner:$false

if ($Undo) {
  foreach ($name in $assignments.Keys) {
    if (Get-ManagementRoleAssignment -Identity $name -ErrorAction SilentlyContinue) { Remove-ManagementRoleAssignment -Identity $name -Confirm:$false }
  }
  if (Get-ManagementScope -Identity $scope -ErrorAction SilentlyContinue) { Remove-ManagementScope -Identity $scope -Confirm:$false }
  if (Get-ServicePrincipal -Identity $PrincipalId -ErrorAction SilentlyContinue) { Remove-ServicePrincipal -Identity $PrincipalId -Confirm:$false }
  Write-Output "The identity $ClientId may no longer use $Mailbox."
  return
}

$found = Get-EXOMailbox -Identity $Mailbox # fails here when there is no such mailbox

# Exchange has a directory of its own: the identity must be known there before it can be given anything.
if (-not (Get-ServicePrincipal -Identity $PrincipalId -ErrorAction SilentlyContinue)) {
  New-ServicePrincipal -AppId $ClientId -ObjectId $PrincipalId -DisplayName "AutoFlow $ClientId" | Out-Null
}

if (-not (Get-ManagementScope -Identity $scope -ErrorAction SilentlyContinue)) {
  New-ManagementScope -Name $scope -RecipientRestrictionFilter "PrimarySmtpAddress -eq '$($found.PrimarySmtpAddress)'" | Out-Null
}

foreach ($name in $assignments.Keys) {
  if (-not (Get-ManagementRoleAssignment -Identity $name -ErrorAction SilentlyContinue)) {
    New-ManagementRoleAssignment -Name $name -App $PrincipalId -Role $assignments[$name] -CustomResourceScope $scope | Out-Null
  }
}

# InScope must be True for both roles here, and False for any other mailbox. The answer comes from the directory, not from the
# cache that Graph uses, so it is right at once.
Write-Output 'What the identity may do with the mailbox:'
Test-ServicePrincipalAuthorization -Identity $PrincipalId -Resource $Mailbox | Format-Table RoleName, GrantedPermissions, AllowedResourceScope, InScope
Write-Output 'Compare with a mailbox that it must not see: Test-ServicePrincipalAuthorization -Identity <principal id> -Resource <another mailbox>'
Write-Output 'No app role may stand beside it; this must list none of Mail.*:'
Write-Output "  az rest --method get --url https://graph.microsoft.com/v1.0/servicePrincipals/$PrincipalId/appRoleAssignments --query value[].appRoleId"
