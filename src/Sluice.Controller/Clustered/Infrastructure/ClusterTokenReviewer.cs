using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Controller.Statuses;
using Sluice.Controller.Streaming;
using Sluice.Kubernetes.Client;

namespace Sluice.Controller.Clustered.Infrastructure;

/// <summary>Asks the API server whose a token is.</summary>
internal sealed class ClusterTokenReviewer(KubernetesClient client) : ITokenReviewer
{
    public async ValueTask<ReviewedToken> ReviewAsync(string token, string audience, CancellationToken cancellationToken)
    {
        var review = new JsonObject
        {
            ["apiVersion"] = ApiResources.TokenReviews.ApiVersion,
            ["kind"] = ApiResources.TokenReviews.Kind,
            ["spec"] = new JsonObject { ["token"] = token, ["audiences"] = new JsonArray(audience) },
        };
        try
        {
            var answer = await client.CreateAsync(ApiResources.TokenReviews, "", Encoding.UTF8.GetBytes(review.ToJsonString()), null, cancellationToken);
            var status = JsonNode.Parse(answer.Span)!["status"];
            return new ReviewedToken(
                status?["authenticated"]?.GetValueKind() == JsonValueKind.True,
                ConditionMerge.Text(status?["user"], "username") ?? "",
                [.. (status?["audiences"] as JsonArray)?.Where(item => item?.GetValueKind() == JsonValueKind.String).Select(item => item!.GetValue<string>()) ?? []]);
        }
        catch (Exception error) when (error is ApiException or JsonException)
        {
            throw new AuthenticationUnavailableException(error.Message, error);
        }
    }
}
