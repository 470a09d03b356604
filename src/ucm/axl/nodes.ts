import type { UcmKnowledge } from '../../domain/unified-cm/knowledge.js';
import { childrenOf, textOf } from '../soap/element.js';
import type { Axl } from './axl.js';

/** A server of the cluster. */
export interface UcmNode {
  /** Its host name or address, as the cluster calls it. */
  name: string;
  isPublisher: boolean;
}

/** The servers of the cluster, those for messaging included. @throws UcmError */
export async function listNodes(axl: Axl, { notNodes }: Pick<UcmKnowledge, 'notNodes'>): Promise<UcmNode[]> {
  const criteria = '<searchCriteria><name>%</name></searchCriteria>';
  const answer = await axl.call('listProcessNode', `${criteria}<returnedTags><name/><nodeUsage/></returnedTags>`);
  if (answer.kind === 'fault') throw axl.refused('listProcessNode', answer.fault);
  if (answer.kind === 'too-large') throw axl.tooLarge('listProcessNode');
  const others = new Set(notNodes.names.map((name) => name.toLowerCase()));
  return childrenOf(answer.result, 'processNode').flatMap((node): UcmNode[] => {
    const name = textOf(node, 'name');
    if (name === null || others.has(name.toLowerCase())) return [];
    return [{ name, isPublisher: textOf(node, 'nodeUsage')?.toLowerCase() === 'publisher' }];
  });
}
