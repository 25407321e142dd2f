namespace Sluice.Expressions.Cel;

/// <summary>
/// A variable that an environment declares. <c>Index</c>: its number in the environment, by which <see
/// cref="ICelVariables"/> is asked. <c>Path</c>: as expressions write it: names with dots between.
/// </summary>
public sealed record CelAttribute(int Index, string Path, CelType Type);
