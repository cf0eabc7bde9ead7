using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AutoFlow.Functions.Messages;
using AutoFlow.Functions.Steps;
using AutoFlow.Support.Shipments;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.Functions.Triggers;

/// <summary>
/// 17TRACK's webhook. Anonymous because the service sends no key: its signature over the raw body is checked instead.
/// 200 is given only after the push is stored; the service repeats it otherwise.
/// </summary>
public sealed class ReceiveTrackingPush(ITrackingWebhook webhook, IPushes pushes, WorkQueue queue)
{
    private const string SignatureHeader = "sign";
    private const string NotAnUpdate = "not-an-update";
    private const string BadSignature = "bad-signature";

    [Function(nameof(ReceiveTrackingPush))]
    public async Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/carriers/17track")] HttpRequest request, CancellationToken ct)
    {
        if (await RequestBody.ReadAsync(request, RequestBody.LongestPush, ct) is not { } body) return Problems.TooLarge(RequestBody.LongestPush);

        var shipment = webhook.Read(Encoding.UTF8.GetString(body), request.Headers[SignatureHeader]);
        if (!shipment.IsSuccess)
        {
            return shipment.Failure.Code switch
            {
                NotAnUpdate => new OkResult(),
                BadSignature => Problems.Of(StatusCodes.Status401Unauthorized, BadSignature, shipment.Failure.Message),
                _ => Problems.Refused(shipment.Failure),
            };
        }

        var key = Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 16));
        await pushes.AddAsync(key, JsonSerializer.Serialize(shipment.Value, StepJson.Options), ct);
        await queue.SendAsync(QueueNames.TrackingPushes, key, ct);
        return new OkResult();
    }
}
