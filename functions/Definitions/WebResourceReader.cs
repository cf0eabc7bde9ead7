using System.Text;
using AutoFlow.Workflows.Catalog;
using AutoFlow.Workflows.Execution;

namespace AutoFlow.Functions.Definitions;

/// <summary>Reads the texts that definitions name by http and https URIs, when they are published.</summary>
/// <param name="clients">Makes the clients.</param>
/// <param name="limit">How long one text may take, to its last byte; 30 seconds when null.</param>
public sealed class WebResourceReader(Func<HttpClient> clients, TimeSpan? limit = null) : IResourceReader
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>The name of the client.</summary>
    public const string Client = "definition-resources";

    public async Task<ResourceText> ReadAsync(Uri uri, CancellationToken cancellation)
    {
        if (uri.Scheme is not ("http" or "https")) return ResourceText.Failed("only http and https are read here");
        // A client's own timeout ends with the headers.
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        either.CancelAfter(limit ?? Limit);
        try
        {
            using var client = clients();
            using var answer = await client.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (!answer.IsSuccessStatusCode) return ResourceText.Failed($"the server answered {(int)answer.StatusCode} {answer.ReasonPhrase}");
            using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(either.Token), Encoding.UTF8);
            // One more than is allowed, so that a longer text is refused and not cut.
            var text = new char[ResourceText.MaxLength + 1];
            return ResourceText.Of(new string(text, 0, await reader.ReadBlockAsync(text, either.Token)));
        }
        catch (InvalidDataException)
        {
            return ResourceText.Failed("the server's answer is compressed wrongly");
        }
        catch (WorkflowErrorException refused)
        {
            return ResourceText.Failed(refused.Error.Detail ?? refused.Message);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return ResourceText.Failed(exception.Message);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return ResourceText.Failed("the server did not answer in time");
        }
    }
}
