using System.Text;
using System.Text.Json.Nodes;
using Sluice.Proxy.Local;

namespace Sluice.Cli.Tests.Monitoring;

/// <summary>An API server that has the kinds of Kuadrant too, with objects that never change.</summary>
internal sealed class KuadrantApi(ILocalHandler api) : ILocalHandler
{
    private const string Group = "kuadrant.io";

    private static readonly JsonObject[] Objects =
    [
        .. Policies("TLSPolicy", "Gateway", "Ready"),
        .. Policies("DNSPolicy", "Gateway", "Ready"),
        .. Policies("RateLimitPolicy", "HTTPRoute", "Available"),
        .. Policies("AuthPolicy", "HTTPRoute", "Available"),
        Object("v1alpha1", "DNSRecord", "shop", """{"rootHost":"shop.example.com"}""", $$"""{"conditions":[{{Condition("Ready", true)}}],"domainOwners":["a1","b2"]}"""),
        Object("v1alpha1", "DNSHealthCheckProbe", "shop-192.0.2.1", """{"address":"192.0.2.1"}""", """{"healthy":true}"""),
    ];

    public int MaxBodyBytes => api.MaxBodyBytes;

    public ValueTask<LocalResponse> HandleAsync(LocalRequest request, CancellationToken cancellationToken) =>
        request.Path.StartsWith($"/apis/{Group}", StringComparison.Ordinal) ? ValueTask.FromResult(Answer(request.Path.Split('/')[3..])) : api.HandleAsync(request, cancellationToken);

    private static LocalResponse Answer(string[] path) => path switch
    {
        [] => Json($$"""{"kind":"APIGroup","apiVersion":"v1","name":"{{Group}}","versions":[{"groupVersion":"{{Group}}/v1","version":"v1"},{"groupVersion":"{{Group}}/v1alpha1","version":"v1alpha1"}]}"""),
        [var version] => Json($$"""{"kind":"APIResourceList","apiVersion":"v1","groupVersion":"{{Group}}/{{version}}","resources":[{{string.Join(",", Kinds(version).Select(kind => $$"""{"name":"{{Plural(kind)}}","namespaced":true,"kind":"{{kind}}","verbs":["list"]}"""))}}]}"""),
        [var version, var plural] when Kinds(version).FirstOrDefault(kind => Plural(kind) == plural) is { } kind =>
            Json($$"""{"kind":"{{kind}}List","apiVersion":"{{Group}}/{{version}}","metadata":{"resourceVersion":"1"},"items":[{{string.Join(",", Objects.Where(value => (string?)value["kind"] == kind).Select(value => value.ToJsonString()))}}]}"""),
        _ => new LocalResponse(404, "application/json", """{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"NotFound","code":404}"""u8.ToArray()),
    };

    private static IEnumerable<string> Kinds(string version) =>
        Objects.Where(value => (string?)value["apiVersion"] == $"{Group}/{version}").Select(value => (string)value["kind"]!).Distinct();

    private static string Plural(string kind)
    {
        var name = kind.ToLowerInvariant();
        return name.EndsWith('y') ? $"{name[..^1]}ies" : $"{name}s";
    }

    private static JsonObject[] Policies(string kind, string target, string taken) =>
    [
        .. ((bool[])[true, false]).Select(isGood => Object(
            "v1",
            kind,
            isGood ? "good" : "refused",
            $$$"""{"targetRef":{"group":"gateway.networking.k8s.io","kind":"{{{target}}}","name":"edge","namespace":"shop"}}""",
            $$"""{"conditions":[{{Condition(taken, isGood)}},{{Condition("Enforced", isGood)}}]}""")),
    ];

    private static JsonObject Object(string version, string kind, string name, string spec, string status) => JsonNode.Parse(
        $$$"""{"apiVersion":"{{{Group}}}/{{{version}}}","kind":"{{{kind}}}","metadata":{"name":"{{{name}}}","namespace":"shop","labels":{"team":"edge"},"creationTimestamp":"2026-01-01T00:00:00Z"},"spec":{{{spec}}},"status":{{{status}}}}""")!.AsObject();

    private static string Condition(string type, bool isTrue) => $$"""{"type":"{{type}}","status":"{{isTrue}}"}""";

    private static LocalResponse Json(string text) => new(200, "application/json", Encoding.UTF8.GetBytes(text));
}
