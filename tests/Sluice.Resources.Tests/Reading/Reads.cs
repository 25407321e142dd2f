using System.Text;
using Sluice.Resources.Reading;

namespace Sluice.Resources.Tests.Reading;

/// <summary>Shorthand for reading texts.</summary>
internal static class Reads
{
    public static ManifestFile Read(string text, ManifestFile? previous = null, string path = "test.yaml") =>
        new ManifestReader().Read(path, Encoding.UTF8.GetBytes(text), previous, DateTimeOffset.UnixEpoch);

    /// <summary>The only object of a text without findings.</summary>
    public static T One<T>(string text)
        where T : KubernetesObject
    {
        var file = Read(text);
        Assert.Empty(file.Diagnostics);
        return Assert.IsType<T>(Assert.Single(file.Objects));
    }

    /// <summary>An object of a kind with these lines as its spec, indented by two spaces.</summary>
    public static string Object(string kind, string spec)
    {
        var version = kind switch
        {
            "DirectResponse" or "GatewayParameters" => "gateway.kgateway.dev/v1alpha1",
            "TrafficPolicy" or "ListenerPolicy" or "HTTPListenerPolicy" or "BackendConfigPolicy" or "Backend" or "GatewayExtension" => "gateway.kgateway.dev/v1alpha1",
            "RateLimitFilter" => "gateway.envoyproxy.io/v1alpha1",
            "AuthConfig" or "DynamicForwardProxy" or "AIGateway" or "PromptGuard" => "gateway.solo.io/v1",
            "EndpointSlice" => "discovery.k8s.io/v1",
            "Service" or "Endpoints" or "Secret" or "ConfigMap" or "Namespace" => "v1",
            _ => "gateway.networking.k8s.io/v1",
        };
        return $"apiVersion: {version}\nkind: {kind}\nmetadata:\n  name: test\n{spec}";
    }
}
