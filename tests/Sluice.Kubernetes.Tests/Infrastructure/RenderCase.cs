using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Kubernetes.Infrastructure;
using Sluice.Resources;
using Sluice.Resources.Infrastructure;
using Sluice.Resources.Kgateway;
using Sluice.Resources.Reading;

namespace Sluice.Kubernetes.Tests.Infrastructure;

/// <summary>A folder of cases/infrastructure: in.yaml holds a Gateway and what belongs to it.</summary>
internal static class RenderCase
{
    public const string Uid = "3f1c8a52-0000-4000-8000-000000000001";

    public static ControllerInstallation Controller { get; } = new()
    {
        StreamAddress = "sluice-controller.sluice-system.svc:9977",
        CaBundle = "-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----\n",
        Image = new ImageParameters("registry.example.com/sluice", "sluice", "1.2.3"),
    };

    public static string Folder { get; } = FindFolder();

    public static IEnumerable<string> Names => Directory.EnumerateDirectories(Folder).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal);

    public static RenderedInfrastructure Render(string name) => Render(File.ReadAllText(Path.Combine(Folder, name, "in.yaml")), out _);

    public static RenderedInfrastructure RenderText(string yaml, byte[]? sessionKey = null) => Render(yaml, out _, sessionKey);

    public static RenderedInfrastructure Render(string yaml, out IReadOnlyList<string> findings, byte[]? sessionKey = null)
    {
        var file = new ManifestReader().Read("in.yaml", Encoding.UTF8.GetBytes(yaml), now: DateTimeOffset.UnixEpoch);
        Assert.Empty(file.Diagnostics.Where(diagnostic => diagnostic.Severity == ManifestSeverity.Error).Select(diagnostic => diagnostic.ToString()));
        findings = [.. file.Diagnostics.Select(diagnostic => $"{diagnostic.Field}: {diagnostic.Message}")];
        var builder = new ResourceSnapshotBuilder(ResourceSnapshot.Empty);
        foreach (var value in file.Objects)
            builder.Set(value);
        var snapshot = builder.ToSnapshot();
        var gateway = Assert.Single(snapshot.Gateways).Value;
        if (InfrastructureParameters.Resolve(snapshot, gateway).Kube is not { } parameters)
            return RenderedInfrastructure.Nothing;
        return InfrastructureRenderer.Render(new ProxyInfrastructure
        {
            Gateway = gateway,
            Uid = Uid,
            Ports = GatewayServicePorts.Of(gateway.Listeners.Concat(snapshot.ListenerSets.Values.SelectMany(set => set.Listeners)).Select(listener => (listener.Port, listener.Protocol))),
            Parameters = parameters,
            Controller = Controller,
            SessionKey = sessionKey,
        });
    }

    public static string Text(RenderedInfrastructure rendered, IEnumerable<string> findings)
    {
        var document = new JsonObject
        {
            ["objects"] = new JsonArray([.. rendered.Objects.Select(one => one.Body.DeepClone())]),
            ["warnings"] = new JsonArray([.. rendered.Warnings.Select(warning => JsonValue.Create(warning))]),
            ["findings"] = new JsonArray([.. findings.Select(finding => JsonValue.Create(finding))]),
        };
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            document.WriteTo(writer);
        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static string FindFolder()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Sluice.slnx")))
            directory = directory.Parent;
        Assert.NotNull(directory);
        return Path.Combine(directory.FullName, "tests", "Sluice.Kubernetes.Tests", "cases", "infrastructure");
    }
}
