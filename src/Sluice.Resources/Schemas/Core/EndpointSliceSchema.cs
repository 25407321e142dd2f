using Sluice.Resources.Schemas.Meta;
using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Core;

internal static class EndpointSliceSchema
{
    public static KindSchema Create() => new(Root)
    {
        Group = "discovery.k8s.io",
        Versions = CoreVersions.V1,
        Kind = "EndpointSlice",
        Plural = "endpointslices",
        Singular = "endpointslice",
        PrinterColumns =
        [
            new PrinterColumn("AddressType", "string", ".addressType"),
            new PrinterColumn("Ports", "string", "") { Compute = EndpointCells.PortsOfSlice },
            new PrinterColumn("Endpoints", "string", "") { Compute = EndpointCells.AddressesOfSlice },
            PrinterColumn.Age,
        ],
    };

    private static SchemaNode Root() => ObjectMetaSchema.Root(
        "Some of the addresses behind a Service, which the label kubernetes.io/service-name names.",
        Required("addressType", Word("IPv4 IPv6 FQDN")),
        Required("endpoints", List(Endpoint(), max: 1000)),
        Optional("ports", List(Object(
            Optional("name", AnyText.Default("\"\""), "The name of the Service's port."),
            Optional("port", Integer(1, 65535)),
            Optional("protocol", Word("TCP UDP SCTP").Default("\"TCP\"")),
            Optional("appProtocol", AnyText)), max: 100)));

    private static SchemaNode Endpoint()
    {
        var hint = List(Object(Required("name", AnyText)));
        return Object(
            Required("addresses", Set(AnyText, 100)),
            Optional("conditions", Object(
                Optional("ready", Flag, "Absent: it is."),
                Optional("serving", Flag, "As ready, and also while it is terminating."),
                Optional("terminating", Flag))),
            Optional("hostname", AnyText),
            Optional("nodeName", AnyText),
            Optional("zone", AnyText),
            Optional("targetRef", ReferenceSchemas.Object, "The pod."),
            Optional("deprecatedTopology", StringMap),
            Optional("hints", Object(
                Optional("forZones", hint),
                Optional("forNodes", hint)), "For whom it is meant first."));
    }
}
