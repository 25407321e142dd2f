using System.Text.Json;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Kgateway;

namespace Sluice.Translation.Json;

/// <summary>Statuses as JSON, in the shape that they have in Kubernetes. lastTransitionTime is not among them: only a writer knows it.</summary>
public static class StatusJson
{
    /// <summary>An object with one member per kind, each an object of statuses by "namespace/name", in order of names.</summary>
    public static void Write(Utf8JsonWriter writer, TranslationResult result)
    {
        writer.WriteStartObject();
        WriteAll(writer, "gatewayClasses", result.GatewayClasses, Write);
        WriteAll(writer, "gateways", result.Gateways, Write);
        if (result.ListenerSets.Count > 0)
            WriteAll(writer, "listenerSets", result.ListenerSets, Write);
        WriteAll(writer, "httpRoutes", result.HttpRoutes, Write);
        WriteAll(writer, "grpcRoutes", result.GrpcRoutes, Write);
        if (result.TlsRoutes.Count > 0)
            WriteAll(writer, "tlsRoutes", result.TlsRoutes, Write);
        if (result.TcpRoutes.Count > 0)
            WriteAll(writer, "tcpRoutes", result.TcpRoutes, Write);
        if (result.UdpRoutes.Count > 0)
            WriteAll(writer, "udpRoutes", result.UdpRoutes, Write);
        if (result.BackendTlsPolicies.Count > 0)
            WriteAll(writer, "backendTLSPolicies", result.BackendTlsPolicies, Write);
        if (result.TrafficPolicies.Count > 0)
            WriteAll(writer, "trafficPolicies", result.TrafficPolicies, Write);
        if (result.ListenerPolicies.Count > 0)
            WriteAll(writer, "listenerPolicies", result.ListenerPolicies, Write);
        if (result.HttpListenerPolicies.Count > 0)
            WriteAll(writer, "httpListenerPolicies", result.HttpListenerPolicies, Write);
        if (result.BackendConfigPolicies.Count > 0)
            WriteAll(writer, "backendConfigPolicies", result.BackendConfigPolicies, Write);
        if (result.Backends.Count > 0)
            WriteAll(writer, "backends", result.Backends, Write);
        if (result.GatewayExtensions.Count > 0)
            WriteAll(writer, "gatewayExtensions", result.GatewayExtensions, Write);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, ObjectStatus status)
    {
        writer.WriteStartObject();
        Write(writer, status.Conditions);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, GatewayClassStatus status)
    {
        writer.WriteStartObject();
        Write(writer, status.Conditions);
        writer.WriteStartArray("supportedFeatures");
        foreach (var feature in status.SupportedFeatures)
        {
            writer.WriteStartObject();
            writer.WriteString("name", feature);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, GatewayStatus status)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("addresses");
        foreach (var address in status.Addresses)
        {
            writer.WriteStartObject();
            writer.WriteString("type", address.Type);
            writer.WriteString("value", address.Value);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        Write(writer, status.Conditions);
        Write(writer, status.Listeners);
        if (status.AttachedListenerSets > 0)
            writer.WriteNumber("attachedListenerSets", status.AttachedListenerSets);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, ListenerSetStatus status)
    {
        writer.WriteStartObject();
        Write(writer, status.Conditions);
        Write(writer, status.Listeners);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, RouteStatus status)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("parents");
        foreach (var parent in status.Parents)
        {
            writer.WriteStartObject();
            Write(writer, "parentRef", parent.ParentRef);
            writer.WriteString("controllerName", parent.ControllerName);
            Write(writer, parent.Conditions);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, PolicyStatus status)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("ancestors");
        foreach (var ancestor in status.Ancestors)
        {
            writer.WriteStartObject();
            Write(writer, "ancestorRef", ancestor.AncestorRef);
            writer.WriteString("controllerName", ancestor.ControllerName);
            Write(writer, ancestor.Conditions);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<ListenerStatus> listeners)
    {
        writer.WriteStartArray("listeners");
        foreach (var listener in listeners)
            Write(writer, listener);
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, ListenerStatus listener)
    {
        writer.WriteStartObject();
        writer.WriteString("name", listener.Name);
        writer.WriteStartArray("supportedKinds");
        foreach (var kind in listener.SupportedKinds)
        {
            writer.WriteStartObject();
            writer.WriteString("group", kind.Group);
            writer.WriteString("kind", kind.Kind);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteNumber("attachedRoutes", listener.AttachedRoutes);
        Write(writer, listener.Conditions);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, ParentReference parent)
    {
        writer.WriteStartObject(name);
        writer.WriteString("group", parent.Group);
        writer.WriteString("kind", parent.Kind);
        writer.WriteString("namespace", parent.Namespace);
        writer.WriteString("name", parent.Name);
        if (parent.SectionName is not null)
            writer.WriteString("sectionName", parent.SectionName);
        if (parent.Port is { } port)
            writer.WriteNumber("port", port);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<Condition> conditions)
    {
        writer.WriteStartArray("conditions");
        foreach (var condition in conditions)
        {
            writer.WriteStartObject();
            writer.WriteString("type", condition.Type);
            writer.WriteString("status", condition.Status ? "True" : "False");
            writer.WriteString("reason", condition.Reason);
            writer.WriteString("message", condition.Message);
            writer.WriteNumber("observedGeneration", condition.ObservedGeneration);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WriteAll<T>(Utf8JsonWriter writer, string name, IReadOnlyDictionary<NamespacedName, T> statuses, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartObject(name);
        foreach (var (key, status) in statuses.OrderBy(pair => pair.Key.ToString(), StringComparer.Ordinal))
        {
            writer.WritePropertyName(key.ToString());
            write(writer, status);
        }
        writer.WriteEndObject();
    }
}
