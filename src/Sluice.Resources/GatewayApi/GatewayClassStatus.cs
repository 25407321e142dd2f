namespace Sluice.Resources.GatewayApi;

public sealed record GatewayClassStatus(IReadOnlyList<Condition> Conditions, IReadOnlyList<string> SupportedFeatures);
