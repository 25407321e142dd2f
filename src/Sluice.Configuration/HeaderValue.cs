namespace Sluice.Configuration;

public sealed record HeaderValue(string Name, string Value);
