namespace Sluice.Controller.Clustered.Infrastructure;

/// <summary>An object that was made for a Gateway, as the API server has it, without managedFields.</summary>
/// <param name="Kind">As in manifests.</param>
/// <param name="Gateway">The value of its gateway-name label.</param>
/// <param name="Json">The whole object.</param>
internal sealed record OwnedObject(string Kind, string Gateway, byte[] Json);
