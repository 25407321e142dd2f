using Sluice.Resources.Core;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

/// <summary>Ports of EndpointSlices and Endpoints.</summary>
internal static class EndpointPortBinder
{
    /// <summary>A slice's port may be absent: then the slice has no port.</summary>
    public static EndpointPort? InSlice(BindingContext context, Node node) => Read(context, node);

    public static EndpointPort? InSubset(BindingContext context, Node node)
    {
        var port = Read(context, node);
        ObjectFields.Require(context, node, "port", "a number from 1 to 65535");
        return port;
    }

    private static EndpointPort? Read(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return null;
        string? name = null, protocol = null, appProtocol = null;
        int? port = null;
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "name":
                    name = context.Name(field, ServicePortBinder.Name);
                    break;
                case "port":
                    port = context.Port(field);
                    break;
                case "protocol":
                    protocol = context.Word(field, ServicePortBinder.Protocols);
                    break;
                case "appProtocol":
                    appProtocol = context.String(field);
                    break;
                default:
                    context.Unknown(field, "name port protocol appProtocol");
                    break;
            }
        }

        return new EndpointPort(name ?? "", port, protocol ?? "TCP", appProtocol);
    }
}
