using System.Net;
using System.Text.Json.Nodes;
using Sluice.Resources;
using Sluice.Resources.Core;
using Sluice.Resources.Kgateway;

namespace Sluice.Kubernetes.Infrastructure;

/// <summary>The spec of the Service, and the annotations that ask for addresses.</summary>
internal sealed class ServiceRenderer(ProxyInfrastructure input, List<string> warnings)
{
    private const string LoadBalancer = "LoadBalancer";
    private const string MetalLb = "metallb.io/loadBalancerIPs";
    private const string Cilium = "lbipam.cilium.io/ips";
    private static readonly string[] AddressAnnotations = [MetalLb, "metallb.universe.tf/loadBalancerIPs", Cilium, "io.cilium/lb-ipam-ips"];
    private readonly ServiceParameters _service = input.Parameters.Service;

    /// <summary>Those of the parameters, and the annotations that ask for the Gateway's addresses.</summary>
    public ExtraMetadata Metadata
    {
        get
        {
            var addresses = Requested();
            if (addresses.Count < 2 || Type != LoadBalancer || NamesAddresses)
                return _service.Metadata;
            var list = string.Join(',', addresses);
            var asking = new Dictionary<string, string> { [MetalLb] = list, [Cilium] = list };
            return _service.Metadata with { Annotations = ExtraMetadata.Over(_service.Metadata.Annotations, asking) };
        }
    }

    private string Type => _service.Type ?? LoadBalancer;

    // Whoever sets such an annotation knows better.
    private bool NamesAddresses
    {
        get
        {
            var given = ExtraMetadata.Over(input.Gateway.Infrastructure?.Annotations ?? ObjectMeta.EmptyMap, _service.Metadata.Annotations);
            return AddressAnnotations.Any(given.ContainsKey);
        }
    }

    public JsonObject Render()
    {
        var type = Type;
        var spec = new JsonObject
        {
            ["type"] = type,
            ["selector"] = ProxyLabels.Selector(input.Gateway).ToJson(),
            ["ports"] = new JsonArray([.. input.Ports.Select(port => Port(port, type))]),
        };
        if (!string.IsNullOrEmpty(_service.ClusterIP))
            spec["clusterIP"] = _service.ClusterIP;
        AddIf(type != "ClusterIP", "externalTrafficPolicy", _service.ExternalTrafficPolicy, spec);
        AddIf(type == LoadBalancer, "loadBalancerClass", _service.LoadBalancerClass, spec);
        AddIf(type == LoadBalancer, "loadBalancerSourceRanges", _service.LoadBalancerSourceRanges is { } ranges ? new JsonArray([.. ranges.Select(range => JsonValue.Create(range))]) : null, spec);
        foreach (var port in _service.NodePorts?.Keys.Where(port => input.Ports.All(one => one.Port != port)).Order() ?? Enumerable.Empty<int>())
            warnings.Add($"spec.kube.service.ports: port {port} has no effect: no listener has it");
        Request(spec);
        return new JsonObject { ["spec"] = spec };
    }

    private JsonObject Port(ServicePort port, string type)
    {
        var result = new JsonObject { ["name"] = port.Name, ["port"] = port.Port, ["protocol"] = port.Protocol, ["targetPort"] = port.Port };
        if (_service.NodePorts?.TryGetValue(port.Port, out var nodePort) == true)
            result.Add("nodePort", nodePort, when: type != "ClusterIP");
        return result;
    }

    private void AddIf(bool applies, string field, JsonNode? value, JsonObject spec)
    {
        if (value is null)
            return;
        if (applies)
            spec[field] = value;
        else
            warnings.Add($"spec.kube.service.{field} has no effect with the type {Type}");
    }

    // A Service has one field for one address of a load balancer; several are asked for by annotations of those who give them out.
    private void Request(JsonObject spec)
    {
        var addresses = Requested();
        if (addresses.Exists(address => address.Contains(':', StringComparison.Ordinal)) && addresses.Exists(address => !address.Contains(':', StringComparison.Ordinal)))
            spec["ipFamilyPolicy"] = "PreferDualStack";
        if (addresses.Count > 0 && Type != LoadBalancer)
            spec["externalIPs"] = new JsonArray([.. addresses.Select(address => JsonValue.Create(address))]);
        else if (addresses.Count == 1 && !NamesAddresses)
            spec["loadBalancerIP"] = addresses[0];
    }

    private List<string> Requested() =>
        [.. input.Gateway.Addresses.Where(address => address.Type == "IPAddress" && IPAddress.TryParse(address.Value, out _)).Select(address => address.Value!)];
}
