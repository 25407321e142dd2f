using Sluice.Resources.Reading.Binding.Policies;
using Sluice.Resources.Schemas.GatewayApi;
using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Kgateway.Policies;

/// <summary>Parts of the policies: what <see cref="Sluice.Resources.Policies.Backends"/> holds of the same names.</summary>
internal static class BackendSchemas
{
    public static SchemaNode StaticHost { get; } = Object(
        Required("host", Text(1, 253) with { Check = PolicyNames.Host }, "An IP address or a DNS name."),
        Required("port", Integer(1, 65535), "Its port."));

    public static SchemaNode StaticBackend { get; } = Object(
        Required("hosts", List(StaticHost, 1, 256), "Requests are spread over them."),
        Optional("appProtocol", Word("http2 grpc grpc-web kubernetes.io/h2c kubernetes.io/ws"), "What they speak. Null: HTTP/1.1."));

    public static SchemaNode DynamicForwardProxyBackend { get; } = Object(
        Optional("enableTls", Flag, "Whether over TLS."));

    public static SchemaNode AwsRole { get; } = Object(
        Required("roleArn", Text(20, 2048, "^arn:[a-z0-9-]+:iam::[0-9]{12}:role/.+$") with { Check = PolicyNames.RoleArn }, "Its name."));

    public static SchemaNode AwsAuth { get; } = Object(
        Required("type", Word("Secret AssumeRole"), "How it is known."),
        Optional("secretRef", ConnectionSchemas.LocalSecretReference, "A Secret with accessKey, secretKey and sessionToken."),
        Optional("assumeRole", AwsRole, "With the type AssumeRole."))
        .With("type", "Secret", "secretRef")
        .With("type", "AssumeRole", "assumeRole");

    public static SchemaNode LambdaFunction { get; } = Object(
        Required("functionName", Text(1, 140), "Its name."),
        Optional("accountId", Text(12, 12, "^[0-9]{12}$") with { Check = PolicyNames.AccountId }, "Whose it is."),
        Optional("qualifier", Text(1, 128).Default("\"$LATEST\""), "A version or an alias."),
        Optional("invocationMode", Word("Sync Async").Default("\"Sync\""), "Whether its answer is waited for."),
        Optional("payloadTransformMode", Word("Envoy None").Default("\"Envoy\""), "Whether it gets the request as JSON."),
        Optional("endpointURL", Text(1, 2048, "^https?://.+") with { Check = PolicyNames.HttpUrl }, "Another address of the API."));

    public static SchemaNode Ec2Tag { get; } = Object(
        Required("key", Text(1, 127), "The tag."),
        Required("value", Text(0, 255), "Its value."));

    public static SchemaNode Ec2Filter { get; } = Object(
        Optional("key", Text(1, 127), "Those with this tag."),
        Optional("keyValue", Ec2Tag, "Those with this tag and value."))
        .OneOf("key keyValue");

    public static SchemaNode Ec2Instances { get; } = Object(
        Optional("port", Integer(1, 65535).Default("80"), "Their port."),
        Optional("addressType", Word("PrivateIP PublicIP").Default("\"PrivateIP\""), "Which of their addresses."),
        Optional("filters", List(Ec2Filter, max: 16), "All must match. Empty: all running ones."));

    public static SchemaNode AwsBackend { get; } = Object(
        Optional("region", Text(1, 63).Default("\"us-east-1\""), "Its region."),
        Optional("auth", AwsAuth, "Null: what the environment gives."),
        Optional("accountId", Text(12, 12, "^[0-9]{12}$") with { Check = PolicyNames.AccountId }, "Whose the function is; stands in lambda nowadays."),
        Optional("lambda", LambdaFunction, "A function."),
        Optional("ec2", Ec2Instances, "Instances."))
        .OneOf("lambda ec2");

    public static SchemaNode GcpBackend { get; } = Object(
        Required("host", Text(1, 253) with { Check = PolicyNames.Host }, "Where it is."),
        Optional("audience", Text(1, 2048), "Whom the token is for. Null means https://host."));

    public static SchemaNode LocalBackendReference { get; } = Object(
        Required("name", NameSchemas.ObjectName, "Its name."));

    public static SchemaNode PriorityGroup { get; } = Object(
        Required("backendRefs", List(LocalBackendReference, 1, 16), "Each is of type static or such, never of groups."));
}
