using System.Globalization;
using Sluice.Resources.Core;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

/// <summary>spec.ports[] of a Service.</summary>
internal static class ServicePortBinder
{
    public const string Protocols = "TCP, UDP, SCTP";

    public static ServicePort? Read(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return null;
        string? name = null, target = null, protocol = null, appProtocol = null;
        int? port = null;
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "name":
                    name = context.Name(field, Name);
                    break;
                case "port":
                    port = context.Port(field);
                    break;
                case "targetPort":
                    target = TargetPort(context, field);
                    break;
                case "protocol":
                    protocol = context.Word(field, Protocols);
                    break;
                case "appProtocol":
                    appProtocol = context.String(field);
                    break;
                case "nodePort":
                    context.Integer(field, 0, 65535);
                    break;
                default:
                    context.Unknown(field, "name port targetPort protocol appProtocol nodePort");
                    break;
            }
        }

        ObjectFields.Require(context, node, "port", "a number from 1 to 65535");
        return port is null ? null : new ServicePort(name ?? "", port.Value, target, protocol ?? "TCP", appProtocol);
    }

    /// <summary>More than one port: each has a name, no two share it, and no two share port and protocol.</summary>
    public static void CheckUnique(BindingContext context, Node ports)
    {
        if (ports.Kind != NodeKind.Sequence || ports.Count < 2)
            return;
        UniqueNames.Check(context, ports);
        var seen = new HashSet<(string Port, string Protocol)>();
        foreach (var item in ports)
        {
            ObjectFields.Require(context, item, "name", "each of several ports needs a name");
            if (item.TryGet("port", out var port) && !seen.Add((port.Text, item.TryGet("protocol", out var protocol) ? protocol.Text : "TCP")))
                context.Error(port, $"must be unique together with protocol, {port.Text} stands in this list already");
        }
    }

    /// <summary>Port names of Services and of endpoints.</summary>
    public static string? Name(string value) => value.Length == 0 ? null : Names.Label(value) is null ? null : "a lower-case name of letters, digits and '-', such as \"http\"";

    private static string? TargetPort(BindingContext context, Node node)
    {
        if (node.Kind == NodeKind.String)
            return context.Name(node, PortName);
        return context.Integer(node, 1, 65535, "a number from 1 to 65535 or the name of a container port") is { } port
            ? context.Strings.Share(port.ToString(CultureInfo.InvariantCulture))
            : null;
    }

    /// <summary>IANA service name: at most 15 characters with a letter among them.</summary>
    private static string? PortName(string value) =>
        value.Length <= 15 && Names.Label(value) is null && value.AsSpan().ContainsAnyInRange('a', 'z')
            ? null
            : "a number from 1 to 65535 without quotes, or the name of a container port: at most 15 lower-case letters, digits and '-', with a letter among them";
}
