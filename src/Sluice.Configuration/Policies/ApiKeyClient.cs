namespace Sluice.Configuration.Policies;

/// <param name="Id">Key of the entry in the Secret.</param>
/// <param name="Key">Its value: the API key.</param>
public sealed record ApiKeyClient(string Id, SecretText Key);
