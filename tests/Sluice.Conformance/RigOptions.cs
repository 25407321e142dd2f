namespace Sluice.Conformance;

/// <summary>Data is the suite's folder, Sluice the program that is tested.</summary>
internal sealed record RigOptions(string Data, string Sluice);
