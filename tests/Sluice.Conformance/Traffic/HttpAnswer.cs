namespace Sluice.Conformance.Traffic;

/// <summary>A response. Seen is what the backend received, null when its echo is not the body.</summary>
internal sealed record HttpAnswer(int Status, FieldList Headers, SeenRequest? Seen);
