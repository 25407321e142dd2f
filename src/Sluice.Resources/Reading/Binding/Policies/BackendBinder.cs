using Sluice.Resources.Policies.Backends;

namespace Sluice.Resources.Reading.Binding.Policies;

/// <summary>Reads parts of policies that passed their schemas.</summary>
internal static class BackendBinder
{
    public static StaticHost StaticHost(PolicyNode node) => new()
    {
        Host = node.Need("host"),
        Port = node.NeedNumber("port"),
    };

    public static StaticBackend StaticBackend(PolicyNode node) => new()
    {
        Hosts = node.List("hosts", StaticHost),
        AppProtocol = node.Text("appProtocol"),
    };

    public static DynamicForwardProxyBackend DynamicForwardProxyBackend(PolicyNode node) => new()
    {
        EnableTls = node.Flag("enableTls"),
    };

    public static AwsRole AwsRole(PolicyNode node) => new()
    {
        RoleArn = node.Need("roleArn"),
    };

    public static AwsAuth AwsAuth(PolicyNode node) => new()
    {
        Type = node.Need("type"),
        SecretRef = node.Part("secretRef", ConnectionBinder.LocalSecretReference),
        AssumeRole = node.Part("assumeRole", AwsRole),
    };

    public static LambdaFunction LambdaFunction(PolicyNode node) => new()
    {
        FunctionName = node.Need("functionName"),
        AccountId = node.Text("accountId"),
        Qualifier = node.Need("qualifier"),
        InvocationMode = node.Need("invocationMode"),
        PayloadTransformMode = node.Need("payloadTransformMode"),
        EndpointUrl = node.Text("endpointURL"),
    };

    public static Ec2Tag Ec2Tag(PolicyNode node) => new()
    {
        Key = node.Need("key"),
        Value = node.Need("value"),
    };

    public static Ec2Filter Ec2Filter(PolicyNode node) => new()
    {
        Key = node.Text("key"),
        KeyValue = node.Part("keyValue", Ec2Tag),
    };

    public static Ec2Instances Ec2Instances(PolicyNode node) => new()
    {
        Port = node.NeedNumber("port"),
        AddressType = node.Need("addressType"),
        Filters = node.List("filters", Ec2Filter),
    };

    public static AwsBackend AwsBackend(PolicyNode node) => new()
    {
        Region = node.Need("region"),
        Auth = node.Part("auth", AwsAuth),
        AccountId = node.Text("accountId"),
        Lambda = node.Part("lambda", LambdaFunction),
        Ec2 = node.Part("ec2", Ec2Instances),
    };

    public static GcpBackend GcpBackend(PolicyNode node) => new()
    {
        Host = node.Need("host"),
        Audience = node.Text("audience"),
    };

    public static LocalBackendReference LocalBackendReference(PolicyNode node) => new()
    {
        Name = node.Need("name"),
    };

    public static PriorityGroup PriorityGroup(PolicyNode node) => new()
    {
        BackendRefs = node.List("backendRefs", LocalBackendReference),
    };
}
