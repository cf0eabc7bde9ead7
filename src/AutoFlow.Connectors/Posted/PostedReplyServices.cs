using AutoFlow.Support.Outbox;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AutoFlow.Connectors.Posted;

/// <summary>Registers the channel that posts replies.</summary>
public static class PostedReplyServices
{
    /// <summary>
    /// Adds the channel when <c>Replies:Address</c> is set; a wrong section stops the start with a plain message. False when it is not
    /// set: then nothing is added.
    /// </summary>
    public static bool AddPostedReplies(this IServiceCollection services, IConfiguration configuration)
    {
        if (configuration[$"{PostedReplyOptions.Section}:{nameof(PostedReplyOptions.Address)}"] is not { Length: > 0 }) return false;
        services.AddOptions<PostedReplyOptions>()
            .Bind(configuration.GetSection(PostedReplyOptions.Section))
            .Validate(options => BaseAddress.IsValid(options.Address), "Replies:Address is not an absolute http or https URL.")
            .Validate(options => options.Token is null || BaseAddress.IsHeader(options.Token), "Replies:Token is not plain ASCII.")
            .Validate(options => options.Timeout > TimeSpan.Zero, "Replies:Timeout is not above zero.")
            .ValidateOnStart();
        services.AddHttpClient(PostedReplyChannel.Client, http => http.Timeout = Timeout.InfiniteTimeSpan).RemoveAllLoggers(); // the outbox cuts a send off
        services.AddSingleton<IReplyChannel, PostedReplyChannel>();
        return true;
    }
}
