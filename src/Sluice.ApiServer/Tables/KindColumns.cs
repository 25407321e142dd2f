using Sluice.ApiServer.Kinds;

namespace Sluice.ApiServer.Tables;

/// <summary>The columns of each kind.</summary>
internal static class KindColumns
{
    private static readonly TableColumn[] Plain = [TableColumn.NameColumn, TableColumn.AgeColumn];

    public static IReadOnlyList<TableColumn> Of(ResourceKind kind) => kind.Kind.Length == 0 ? [] : Plain;
}
