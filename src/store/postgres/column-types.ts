import {
  type CreateTableNode,
  type DataTypeNode,
  type KyselyPlugin,
  OperationNodeTransformer,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
  type QueryResult,
  RawNode,
  type RootOperationNode,
  type UnknownRow,
} from 'kysely';

/**
 * Makes of the schema's steps, which are written once, what PostgreSQL calls the same:
 * - `text` is compared byte by byte (the collation `C`), so that keys come in the same order on every server;
 * - `integer` has 64 bits: a clock in milliseconds is longer than its `integer`;
 * - `without rowid` is SQLite's own, and left out.
 */
export class ColumnTypes implements KyselyPlugin {
  readonly #translator = new Translator();

  transformQuery({ node, queryId }: PluginTransformQueryArgs): RootOperationNode {
    return this.#translator.transformNode(node, queryId);
  }

  transformResult({ result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    return Promise.resolve(result);
  }
}

const meant: Readonly<Record<string, string>> = { text: 'text collate "C"', integer: 'bigint' };

class Translator extends OperationNodeTransformer {
  protected override transformDataType(node: DataTypeNode): DataTypeNode {
    const sql = meant[node.dataType];
    // Where a type stands, the compiler takes any node.
    return sql === undefined ? node : (RawNode.createWithSql(sql) as unknown as DataTypeNode);
  }

  protected override transformCreateTable(node: CreateTableNode, queryId?: { queryId: string }): CreateTableNode {
    const { endModifiers: _ofSqlite, ...table } = super.transformCreateTable(node, queryId);
    return table;
  }
}
