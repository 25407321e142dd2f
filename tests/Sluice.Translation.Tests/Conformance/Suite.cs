using System.Text;
using System.Text.Json;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Tests.Support;

namespace Sluice.Translation.Tests.Conformance;

/// <summary>The conformance suite's manifests and expectations, where they lie beside the repository.</summary>
internal static class Suite
{
    public const string Infra = "gateway-conformance-infra";
    public const string Web = "gateway-conformance-web-backend";

    private static readonly string Folder = Path.Combine(Repository.Shared, "conformance");
    private static readonly Lazy<JsonDocument> Document = new(() => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "expectations.json"))));

    /// <summary>Skips the test where the data is not there.</summary>
    public static void Require() => Assert.SkipUnless(Directory.Exists(Folder), "the conformance data does not lie beside the repository");

    public static JsonElement Expectations(string test) =>
        Document.Value.RootElement.GetProperty("tests").EnumerateArray().Single(element => element.GetProperty("test").GetString() == test);

    public static IEnumerable<string> Manifests(string test)
    {
        var manifest = Expectations(test).GetProperty("manifest");
        return manifest.ValueKind == JsonValueKind.Array ? manifest.EnumerateArray().Select(item => item.GetString()!) : [manifest.GetString()!];
    }

    /// <summary>The base manifests and those named, relative to the data's folder, for a class of ours.</summary>
    public static ResourceSnapshot Load(params IEnumerable<string> manifests)
    {
        var snapshot = Build.Snapshot(Build.Class());
        foreach (var manifest in manifests.Prepend("base/manifests.yaml"))
        {
            var text = File.ReadAllText(Path.Combine(Folder, manifest))
                .Replace("{GATEWAY_CLASS_NAME}", "sluice", StringComparison.Ordinal)
                .Replace("{GATEWAY_CONTROLLER_NAME}", TranslatorOptions.DefaultControllerName, StringComparison.Ordinal)
                .Replace("PLACEHOLDER_UNUSABLE_ADDRS", "192.0.2.1", StringComparison.Ordinal)
                .Replace("PLACEHOLDER_USABLE_ADDRS", "127.0.0.1", StringComparison.Ordinal);
            snapshot = snapshot.With(Support.Manifests.Read(manifest, Encoding.UTF8.GetBytes(text)));
        }
        return snapshot;
    }

    public static TranslationResult Translate(ResourceSnapshot snapshot)
    {
        var result = new Translator(new TranslatorOptions()).Translate(snapshot);
        return result with
        {
            Gateways = result.Gateways.ToDictionary(pair => pair.Key, pair => GatewayProgramming.Complete(pair.Value, ApplyOutcome.Success)),
        };
    }

    public static GatewayStatus Gateway(this TranslationResult result, string name) => result.Gateways[new NamespacedName(Infra, name)];

    public static ListenerStatus Listener(this GatewayStatus status, string name) => status.Listeners.Single(listener => listener.Name == name);

    public static IReadOnlyList<RouteParentStatus> Parents(this TranslationResult result, string name, string space = Infra) => result.HttpRoutes[new NamespacedName(space, name)].Parents;

    /// <summary>"True/Reason".</summary>
    public static string Says(this IReadOnlyList<Condition> conditions, string type)
    {
        var condition = conditions.Condition(type);
        return $"{condition.Status}/{condition.Reason}";
    }
}
