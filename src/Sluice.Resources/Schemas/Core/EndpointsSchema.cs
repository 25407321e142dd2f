using Sluice.Resources.Schemas.Meta;
using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Core;

internal static class EndpointsSchema
{
    public static KindSchema Create() => new(Root)
    {
        Group = "",
        Versions = CoreVersions.V1,
        Kind = "Endpoints",
        Plural = "endpoints",
        Singular = "endpoints",
        ShortNames = ["ep"],
        PrinterColumns = [new PrinterColumn("Endpoints", "string", "") { Compute = EndpointCells.OfEndpoints }, PrinterColumn.Age],
    };

    private static SchemaNode Root()
    {
        var addresses = List(Object(
            Required("ip", AnyText),
            Optional("hostname", AnyText),
            Optional("nodeName", AnyText),
            Optional("targetRef", ReferenceSchemas.Object, "The pod.")) with
        { IsAtomicMap = true });
        var port = Object(
            Optional("name", AnyText, "The name of the Service's port."),
            Required("port", Integer(1, 65535)),
            Optional("protocol", Word("TCP UDP SCTP").Default("\"TCP\"")),
            Optional("appProtocol", AnyText)) with
        { IsAtomicMap = true };
        return ObjectMetaSchema.Root(
            "The addresses behind the Service of the same name; EndpointSlices have taken its place.",
            Optional("subsets", List(Object(
                Optional("addresses", addresses, "Ready ones."),
                Optional("notReadyAddresses", addresses),
                Optional("ports", List(port))))));
    }
}
