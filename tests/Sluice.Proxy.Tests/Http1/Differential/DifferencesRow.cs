namespace Sluice.Proxy.Tests.Http1.Differential;

/// <summary>An odd message as a page of differences shows it.</summary>
/// <param name="Name">"class/what-is-odd"; the class has a part of the page.</param>
/// <param name="Section">RFC and section.</param>
/// <param name="BySluice">What Sluice makes of it.</param>
/// <param name="Why">One sentence.</param>
internal sealed record DifferencesRow(string Name, string Section, string BySluice, string Why);
