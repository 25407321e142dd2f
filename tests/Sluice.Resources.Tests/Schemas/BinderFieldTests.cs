using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sluice.Resources.Reading;
using Sluice.Resources.Schemas;

namespace Sluice.Resources.Tests.Schemas;

/// <summary>
/// The binders and the schemas know the same fields. An object with every field of the schema has one more in each place;
/// the binder's warning about that one names the fields that it knows there.
/// </summary>
public partial class BinderFieldTests
{
    private const string Odd = "qqqqqqqqqqqqqqqqqqqq";

    /// <summary>Places whose fields the binders do not look at, by kind; "*" for all kinds. Places below them are meant too.</summary>
    private static readonly (string Kind, string Path, string Reason)[] NotRead =
    [
        ("*", "status", "is written, not read"),
        ("*", "metadata.ownerReferences", "means something to a cluster"),
        ("*", "metadata.managedFields", "means something to an API server"),
        ("Service", "spec.sessionAffinityConfig", "has no effect"),
        ("Endpoints", "subsets[].addresses[].targetRef", "has no effect"),
        ("Endpoints", "subsets[].notReadyAddresses[].targetRef", "has no effect"),
        ("EndpointSlice", "endpoints[].targetRef", "has no effect"),
        ("EndpointSlice", "endpoints[].hints", "has no effect"),
    ];

    /// <summary>Places that are for infrastructure in a cluster: their fields must agree where they are read.</summary>
    private static readonly (string Kind, string Path)[] MayBeRead = [("GatewayParameters", "spec")];

    public static TheoryData<string> Kinds =>
    [
        "GatewayClass", "Gateway", "ListenerSet", "HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute", "BackendTLSPolicy", "ReferenceGrant",
        "Namespace", "Service", "Endpoints", "EndpointSlice", "Secret", "ConfigMap", "DirectResponse", "GatewayParameters",
        "TrafficPolicy", "ListenerPolicy", "HTTPListenerPolicy", "BackendConfigPolicy", "Backend", "GatewayExtension",
        "RateLimitFilter", "AuthConfig", "DynamicForwardProxy", "AIGateway", "PromptGuard",
    ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Binder_KnowsTheFieldsOfTheSchema(string name)
    {
        var kind = KindSchemas.All.Single(one => one.Kind == name);
        var item = (JsonObject)Sample(kind.Root)!;
        item["apiVersion"] = kind.ApiVersion(kind.StoredVersion.Name);
        item["kind"] = kind.Kind;

        var known = KnownFields(item);

        var expected = SchemaWalk.Nodes(kind.Root)
            .Where(place => place.Node.Properties.Count > 0 && !NotRead.Any(one => Covers(one.Kind, one.Path, name, place.Path)))
            .Where(place => known.ContainsKey(place.Path) || !MayBeRead.Any(one => Covers(one.Kind, one.Path, name, place.Path)))
            .Select(place => $"{place.Path}: {Sorted(place.Node.Properties.Keys)}");
        Assert.Equal(expected.Order(StringComparer.Ordinal), known.Select(one => $"{one.Key}: {one.Value}").Order(StringComparer.Ordinal));
    }

    /// <summary>Fields that the binder knows in each place where it found the odd one.</summary>
    private static SortedDictionary<string, string> KnownFields(JsonObject item)
    {
        var file = new ManifestReader(new ManifestLimits { MaxDiagnostics = 100_000 }).Read("object.json", Encoding.UTF8.GetBytes(item.ToJsonString()));
        var known = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var finding in file.Diagnostics.Where(finding => finding.Field?.EndsWith(Odd, StringComparison.Ordinal) == true))
        {
            Assert.StartsWith("unknown field, has no effect; known here: ", finding.Message, StringComparison.Ordinal);
            var path = Indexes().Replace(finding.Field![..^Odd.Length].TrimEnd('.'), "[]");
            // status is set by controllers, and is allowed for every kind.
            var fields = finding.Message[(finding.Message.IndexOf("here: ", StringComparison.Ordinal) + 6)..].Split(", ");
            known.TryAdd(path, Sorted(path.Length > 0 ? fields : fields.Where(field => field != "status" || item.ContainsKey("status"))));
        }

        return known;
    }

    /// <summary>A value with every field, and the odd one in each object.</summary>
    private static JsonNode? Sample(SchemaNode node)
    {
        switch (node.Type)
        {
            case SchemaType.Object when node.AdditionalProperties is { } values:
                return new JsonObject { ["a"] = Sample(values) };
            case SchemaType.Object:
                var item = new JsonObject();
                foreach (var (name, property) in node.Properties)
                    item[name] = Sample(property);
                if (node.Properties.Count > 0)
                    item[Odd] = "odd";
                return item;
            case SchemaType.Array:
                return new JsonArray(Sample(node.Items!));
            case SchemaType.Integer or SchemaType.IntOrString or SchemaType.Number:
                return JsonValue.Create(node.Minimum ?? 1);
            case SchemaType.Boolean:
                return JsonValue.Create(true);
            default:
                return JsonValue.Create(node.Enum.Count > 0 ? node.Enum[0] : "a");
        }
    }

    private static bool Covers(string kindOfRow, string pathOfRow, string kind, string path) =>
        (kindOfRow == "*" || kindOfRow == kind) && (path == pathOfRow || path.StartsWith(pathOfRow + ".", StringComparison.Ordinal) || path.StartsWith(pathOfRow + "[", StringComparison.Ordinal));

    private static string Sorted(IEnumerable<string> names) => string.Join(' ', names.Order(StringComparer.Ordinal));

    [GeneratedRegex(@"\[\d+\]")]
    private static partial Regex Indexes();
}
