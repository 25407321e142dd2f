using System.Text;
using Sluice.Controller.Files;
using Sluice.Resources;
using Sluice.Resources.Reading;

namespace Sluice.Controller.Tests.Support;

/// <summary>Updates and snapshots from YAML text.</summary>
internal static class Snapshots
{
    public static SourceUpdate Update(params string[] manifests)
    {
        var file = new ManifestReader().Read("test.yaml", Encoding.UTF8.GetBytes(string.Join("\n---\n", manifests)));
        var builder = new ResourceSnapshotBuilder(ResourceSnapshot.Empty);
        foreach (var value in file.Objects)
            builder.Set(value);
        return new SourceUpdate
        {
            Snapshot = builder.ToSnapshot(),
            Diagnostics = file.Diagnostics,
            FailedFiles = file.Diagnostics.Any(finding => finding.Severity == ManifestSeverity.Error) ? ["test.yaml"] : [],
            Kept = [],
            FileCount = 1,
        };
    }

    public static ResourceSnapshot Of(params string[] manifests) => Update(manifests).Snapshot;

    public static string Gateway(string name, string? address = null, string className = "sluice", params int[] ports)
    {
        var text = new StringBuilder($"apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {{name: {name}}}\nspec:\n  gatewayClassName: {className}\n");
        if (address is not null)
            text.Append($"  addresses: [{{type: IPAddress, value: {address}}}]\n");
        text.Append("  listeners:\n");
        foreach (var port in ports)
            text.Append($"  - {{name: l{port}, port: {port}, protocol: HTTP}}\n");
        return text.ToString();
    }

    public static string Route(string name, string gateway, string spec = "", string metadata = "") =>
        $"apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {{name: {name}{metadata}}}\nspec:\n  parentRefs: [{{name: {gateway}}}]\n{spec}";

    public static string Service(string name, string endpoints = "127.0.0.1:1", string metadata = "") =>
        $"apiVersion: v1\nkind: Service\nmetadata:\n  name: {name}{metadata}\n  annotations: {{sluice.dev/endpoints: \"{endpoints}\"}}\nspec:\n  ports: [{{port: 80}}]\n";
}
