using System.Text.Json.Nodes;
using Sluice.ApiServer.Json;
using Sluice.ApiServer.Kinds;
using Sluice.ApiServer.Requests;
using Sluice.Proxy.Local;

namespace Sluice.ApiServer.Discovery;

/// <summary>/api, /apis and what is below them without naming a resource, and /version.</summary>
internal sealed class DiscoveryHandler(KindCatalog catalog, string productVersion)
{
    /// <summary>The Kubernetes version whose behaviour clients may expect.</summary>
    private const string Major = "1";
    private const string Minor = "36";

    private readonly DiscoveryDocuments _documents = new(catalog);
    private readonly AggregatedDiscovery _aggregated = new(catalog);

    /// <summary>Null when the path is none of discovery's.</summary>
    public LocalResponse? Answer(ApiRequest request, ReadOnlySpan<string> segments)
    {
        switch (segments)
        {
            case ["version"]:
                return Json(Version());
            case ["api"]:
                return Aggregated(request, [""]) ?? Json(DiscoveryDocuments.Versions());
            case ["apis"]:
                return Aggregated(request, catalog.Groups) ?? Json(_documents.Groups());
            case ["api", var version]:
                return _documents.Resources("", version) is { } core ? Json(core) : null;
            case ["apis", var group]:
                return _documents.Group(group) is { } found ? Json(found) : null;
            case ["apis", var group, var version]:
                return _documents.Resources(group, version) is { } resources ? Json(resources) : null;
            default:
                return null;
        }
    }

    private LocalResponse? Aggregated(ApiRequest request, IEnumerable<string> groups) =>
        AggregatedDiscovery.Asked(request.Header("accept")) is { } version
            ? new LocalResponse(200, AggregatedDiscovery.ContentType(version), CanonicalJson.Serialize(_aggregated.Document(groups, version))) { Headers = [new("vary", "accept")] }
            : null;

    private JsonObject Version() => new()
    {
        ["major"] = Major,
        ["minor"] = Minor,
        ["gitVersion"] = $"v{Major}.{Minor}.0+sluice",
        ["gitCommit"] = "",
        ["gitTreeState"] = "clean",
        ["buildDate"] = "1970-01-01T00:00:00Z",
        ["goVersion"] = "",
        ["compiler"] = $"sluice {productVersion}",
        ["platform"] = "linux",
    };

    private static LocalResponse Json(JsonObject document) => new(200, "application/json", CanonicalJson.Serialize(document));
}
