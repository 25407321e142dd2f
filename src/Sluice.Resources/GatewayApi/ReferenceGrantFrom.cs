namespace Sluice.Resources.GatewayApi;

public sealed record ReferenceGrantFrom(string Group, string Kind, string Namespace);
