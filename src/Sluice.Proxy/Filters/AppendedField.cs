namespace Sluice.Proxy.Filters;

/// <summary>Where a field that <see cref="HeaderEdits"/> append lies in their lines, and its name among the lower-case names.</summary>
internal readonly record struct AppendedField(int NameOffset, int LowerNameOffset, int NameLength, int ValueOffset, int ValueLength);
