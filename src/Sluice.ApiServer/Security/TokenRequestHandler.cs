using System.Globalization;
using System.Text.Json.Nodes;
using Sluice.ApiServer.Json;
using Sluice.ApiServer.Requests;
using Sluice.ApiServer.Responses;
using Sluice.ApiServer.Store;
using Sluice.Proxy.Local;

namespace Sluice.ApiServer.Security;

/// <summary>Gives out tokens of ServiceAccounts: POST …/serviceaccounts/NAME/token with an authentication.k8s.io/v1 TokenRequest.</summary>
internal sealed class TokenRequestHandler(ServiceAccountTokens tokens, TimeProvider clock)
{
    private const int DefaultSeconds = 3600;
    private const int MinSeconds = 600;
    private const int MaxSeconds = 86_400;
    private const int MaxAudiences = 16;

    public LocalResponse Issue(ApiRequest request, ResourcePath path)
    {
        var now = clock.GetUtcNow();
        var asked = JsonReading.ParseObject(request.Body.Span);
        if (asked.Text("kind") is not (null or "TokenRequest"))
            throw ApiException.BadRequest("the body must be a TokenRequest of authentication.k8s.io/v1");
        var seconds = asked.Integer("spec", "expirationSeconds") ?? DefaultSeconds;
        if (seconds is < MinSeconds or > MaxSeconds)
            throw ApiException.Invalid(path.Kind, path.Name, "spec.expirationSeconds", $"must be from {MinSeconds} to {MaxSeconds}", StatusCause.Invalid);
        var audiences = (asked.List("spec", "audiences") ?? []).Select(item => item.Text() ?? "").Where(item => item.Length > 0).ToList();
        if (audiences.Count > MaxAudiences)
            throw ApiException.Invalid(path.Kind, path.Name, "spec.audiences", $"must have at most {MaxAudiences} items", StatusCause.Invalid);
        if (audiences.Count == 0)
            audiences.Add(ServiceAccountTokens.OwnAudience);
        var expires = now.AddSeconds(seconds);
        var token = tokens.Issue(new ObjectKey(path.Namespace, path.Name), audiences, expires) ?? throw ApiException.NotFound(path.Kind, path.Name);
        asked["status"] = new JsonObject
        {
            ["token"] = token,
            ["expirationTimestamp"] = expires.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        };
        return new LocalResponse(201, "application/json", CanonicalJson.Serialize(asked));
    }
}
