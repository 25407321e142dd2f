using System.Text.Json.Nodes;
using Sluice.ApiServer.Json;
using Sluice.ApiServer.Requests;
using Sluice.ApiServer.Responses;
using Sluice.ApiServer.Writing;
using Sluice.Proxy.Local;

namespace Sluice.ApiServer.Security;

/// <summary>Answers authentication.k8s.io/v1 TokenReviews.</summary>
internal sealed class TokenReviewHandler(ITokenAuthenticator authenticator, TimeProvider clock)
{
    private const int MaxTokenLength = 64 << 10;

    public async ValueTask<LocalResponse> ReviewAsync(ApiRequest request, ResourcePath path, CancellationToken cancellation)
    {
        var review = RequestBody.Object(new WriteContext(request, path, WriteMode.Main, clock.GetUtcNow()));
        if (review.Text("spec", "token") is not { Length: > 0 and <= MaxTokenLength } token)
            throw ApiException.Invalid(path.Kind, "", "spec.token", $"is required, with at most {MaxTokenLength} characters", StatusCause.Required);
        var audiences = (review.List("spec", "audiences") ?? []).Select(item => item.Text() ?? "").Where(item => item.Length > 0).ToList();
        var identity = await authenticator.AuthenticateAsync(token, audiences, cancellation).ConfigureAwait(false);
        review["status"] = Status(identity);
        return new LocalResponse(201, "application/json", CanonicalJson.Serialize(review));
    }

    private static JsonObject Status(TokenIdentity identity)
    {
        if (identity.UserName is null)
        {
            var refused = new JsonObject { ["authenticated"] = false, ["user"] = new JsonObject() };
            refused.Put("error", identity.Error);
            return refused;
        }

        var user = new JsonObject { ["username"] = identity.UserName };
        user.Put("uid", identity.Uid);
        if (identity.Groups.Count > 0)
            user["groups"] = Words(identity.Groups);
        if (identity.Extra.Count > 0)
            user["extra"] = new JsonObject(identity.Extra.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)Words(pair.Value))));
        var status = new JsonObject { ["authenticated"] = true, ["user"] = user };
        if (identity.Audiences.Count > 0)
            status["audiences"] = Words(identity.Audiences);
        return status;
    }

    private static JsonArray Words(IEnumerable<string> words) => new([.. words.Select(word => (JsonNode)word)]);
}
