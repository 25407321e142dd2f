namespace Sluice.Resources.Reading;

/// <summary>What <see cref="ObjectReader"/> made of an object: one of the two is null.</summary>
public readonly record struct ReadObject(KubernetesObject? Object, RefusedObject? Refused);
