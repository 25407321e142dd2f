namespace Sluice.Controller.Files;

/// <summary>Where a manifest is: see <see cref="ScannedFile"/>.</summary>
internal readonly record struct FilePlace(int Root, string Path, string RealPath);
