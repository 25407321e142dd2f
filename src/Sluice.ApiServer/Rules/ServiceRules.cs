using System.Text.Json.Nodes;
using Sluice.ApiServer.Json;
using Sluice.ApiServer.Responses;
using Sluice.ApiServer.Writing;

namespace Sluice.ApiServer.Rules;

/// <summary>Services get an address and node ports as their type asks for, and keep them.</summary>
internal sealed class ServiceRules(ServiceAllocator allocator) : IKindRules
{
    public void Prepare(WriteContext context, JsonObject value, JsonObject? live)
    {
        if (value["spec"] is not JsonObject spec)
            return;
        var type = spec.Text("type") ?? "ClusterIP";
        var old = live.Map("spec");
        PrepareAddress(context, spec, old, type);
        DropOfOtherTypes(spec, type);
        if (spec["ports"] is not JsonArray ports)
            return;
        var oldPorts = old.List("ports");
        foreach (var port in ports.OfType<JsonObject>())
            PreparePort(context, port, oldPorts, type, spec.Boolean("allocateLoadBalancerNodePorts") != false);
    }

    public void Check(WriteContext context, JsonObject value, JsonObject? live)
    {
        var spec = value.Map("spec");
        var old = live.Map("spec");
        CheckAddress(context, spec, old);
        var kept = ServiceAllocator.Ports(old).ToHashSet();
        var ports = spec.List("ports") ?? [];
        for (var i = 0; i < ports.Count; i++)
        {
            if (ports[i].Integer("nodePort") is not { } port || port == 0)
                continue;
            var field = $"spec.ports[{i}].nodePort";
            if (spec.Text("type") is not ("NodePort" or "LoadBalancer"))
                context.Invalid(field, "is only for the types NodePort and LoadBalancer", StatusCause.Forbidden);
            else if (!ServiceAllocator.IsNodePort(port))
                context.Invalid(field, $"must be {ServiceAllocator.Range}, found {port}");
            else if (!kept.Contains((int)port) && allocator.IsTaken((int)port))
                context.Invalid(field, $"{port} is taken by another Service");
        }
    }

    private void PrepareAddress(WriteContext context, JsonObject spec, JsonObject? old, string type)
    {
        if (type == "ExternalName")
        {
            foreach (var field in (ReadOnlySpan<string>)["clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy"])
                spec.Remove(field);
            return;
        }

        var address = spec.Text("clusterIP") is { Length: > 0 } given ? given : spec.List("clusterIPs")?.FirstOrDefault().Text();
        if (string.IsNullOrEmpty(address))
            address = old.Text("clusterIP");
        if (string.IsNullOrEmpty(address))
        {
            address = allocator.Address();
            if (address is null)
                context.Invalid("spec.clusterIP", "no address of 10.96.0.0/12 is free");
        }

        spec.Put("clusterIP", address);
        spec["clusterIPs"] = address is null ? new JsonArray() : new JsonArray(address);
        if (spec["ipFamilies"] is null)
            spec["ipFamilies"] = new JsonArray(address?.Contains(':', StringComparison.Ordinal) == true ? "IPv6" : "IPv4");
        spec["ipFamilyPolicy"] ??= "SingleStack";
    }

    private static void DropOfOtherTypes(JsonObject spec, string type)
    {
        if (type is not ("NodePort" or "LoadBalancer"))
            spec.Remove("externalTrafficPolicy");
        if (type != "LoadBalancer")
            spec.Remove("allocateLoadBalancerNodePorts");
    }

    private void PreparePort(WriteContext context, JsonObject port, JsonArray? oldPorts, string type, bool allocates)
    {
        var wantsNodePort = type == "NodePort" || (type == "LoadBalancer" && allocates);
        if (type is not ("NodePort" or "LoadBalancer") && oldPorts is not null)
        {
            // kubectl apply leaves the old number in when only the type changes.
            if (Old(port, oldPorts).Integer("nodePort") == port.Integer("nodePort"))
                port.Remove("nodePort");
            return;
        }

        if (!wantsNodePort || port.Integer("nodePort") is > 0)
            return;
        var number = Old(port, oldPorts).Integer("nodePort") ?? allocator.Port();
        if (number is null)
            context.Invalid("spec.ports", $"no node port of {ServiceAllocator.Range} is free");
        else
            port["nodePort"] = number.Value;
    }

    private static JsonNode? Old(JsonObject port, JsonArray? oldPorts) =>
        oldPorts?.FirstOrDefault(old => old.Integer("port") == port.Integer("port") && old.Text("protocol") == port.Text("protocol"));

    private void CheckAddress(WriteContext context, JsonObject? spec, JsonObject? old)
    {
        if (spec.Text("clusterIP") is not { Length: > 0 } address)
            return;
        var before = old.Text("clusterIP");
        if (!string.IsNullOrEmpty(before) && old.Text("type") != "ExternalName")
        {
            if (address != before)
                context.Invalid("spec.clusterIP", $"cannot be changed; it is \"{before}\"");
        }
        else if (address != "None" && !ServiceAllocator.IsClusterAddress(address))
        {
            context.Invalid("spec.clusterIP", $"must be \"None\", empty, or an address of 10.96.0.0/12, found \"{address}\"");
        }
        else if (address != "None" && allocator.IsTaken(address))
        {
            context.Invalid("spec.clusterIP", $"{address} is taken by another Service");
        }
    }
}
